namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function as it was found.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The path of its assembly.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>Its method: <c>Namespace.Type.Method</c>.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Unique to the function, the same at every start.</summary>
    public abstract string Id { get; }

    /// <summary>The name in <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }
}
