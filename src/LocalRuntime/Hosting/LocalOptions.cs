namespace LocalRuntime.Hosting;

/// <summary>What a test sets in place of what a process of its own has.</summary>
internal sealed class LocalOptions
{
    /// <summary>The classes whose methods are functions; null for those of the entry assembly and of what it references.</summary>
    public IReadOnlyCollection<Type>? FunctionClasses { get; set; }

    /// <summary>Whether the app has this process to itself: then it speaks to the terminal, ends the process with exit code 1
    /// when it cannot start, and runs what follows a start. Otherwise it throws, and is silent. Default true.</summary>
    public bool OwnsProcess { get; set; } = true;

    /// <summary>Whether the app called <c>ConfigureFunctionsWebApplication</c>.</summary>
    public bool IsWebApplication { get; set; }

    /// <summary>Why the configuration could not be read; the start fails with it.</summary>
    public Exception? ConfigurationFailure { get; set; }
}
