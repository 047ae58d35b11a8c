namespace Microsoft.Azure.Functions.Worker;

/// <summary>Values attached to an invocation, one for each type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Attaches a value, in place of the one of that type.</summary>
    /// <typeparam name="T">The type it is found by.</typeparam>
    /// <param name="instance">The value; null takes it away.</param>
    void Set<T>(T instance);

    /// <summary>Finds a value.</summary>
    /// <typeparam name="T">The type it was attached by.</typeparam>
    /// <returns>The value, or null.</returns>
    T? Get<T>();
}
