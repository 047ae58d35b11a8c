namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which of the Functions host's keys a request must carry. LocalRuntime has no keys: the start refuses every level but <see cref="Anonymous"/>.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A user's token.</summary>
    User = 1,

    /// <summary>A key of the function.</summary>
    Function = 2,

    /// <summary>A key of the system.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
