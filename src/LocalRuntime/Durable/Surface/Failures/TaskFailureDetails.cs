namespace Microsoft.DurableTask;

/// <summary>An exception, as it is told across a process or a table.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">Its message.</param>
/// <param name="StackTrace">Where it was thrown.</param>
/// <param name="InnerFailure">What caused it.</param>
/// <param name="Properties">Further facts; always absent here, where no provider of them can be registered.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception and of what caused it.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        var inner = exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is null ? null
            : FromException(exception.InnerException);
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, null);
    }

    /// <summary>Whether the failure itself (not what caused it) is a <typeparamref name="T"/>.</summary>
    /// <returns>False also when no loaded assembly knows the type that <see cref="ErrorType"/> names.</returns>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the failure itself (not what caused it) is of a type.</summary>
    /// <returns>False also when no loaded assembly knows the type that <see cref="ErrorType"/> names.</returns>
    /// <exception cref="ArgumentException">The type is not an exception.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        return FindErrorType(targetBaseExceptionType) is { } type && targetBaseExceptionType.IsAssignableFrom(type);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    private Type? FindErrorType(Type target) =>
        string.IsNullOrEmpty(ErrorType) ? null
        : Type.GetType(ErrorType)
            ?? target.Assembly.GetType(ErrorType)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType)).FirstOrDefault(type => type is not null);
}
