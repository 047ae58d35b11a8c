using LocalRuntime.Durable.Journal;

namespace LocalRuntime.Durable;

/// <summary>What a client may pass. The bounds of an id are the real host's (azure-functions-durable-extension,
/// src/WebJobs.Extensions.DurableTask/ContextImplementations/DurableClient.cs).</summary>
internal static class InstanceIds
{
    private const int MaxLength = 256;

    /// <exception cref="ArgumentException">The id begins with <c>@</c>, has one of <c>/ \ # ?</c> or a control character, or more than 256 characters.</exception>
    public static void ThrowIfMalformed(string id, string parameter)
    {
        if (id.StartsWith('@'))
        {
            throw new ArgumentException("Orchestration instance ids must not start with @.", parameter);
        }

        if (id.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
        {
            throw new ArgumentException("Orchestration instance ids must not contain /, \\, #, ?, or control characters.", parameter);
        }

        if (id.Length > MaxLength)
        {
            throw new ArgumentException($"Instance ID lengths must not exceed {MaxLength} characters.", parameter);
        }
    }

    /// <exception cref="ArgumentException">The serialized value does not fit into the journal; the real backend has no such bound.</exception>
    public static void ThrowIfTooLarge(string? payload, string parameter)
    {
        if (!StateRow.Fits(payload))
        {
            throw new ArgumentException($"The serialized value is larger than {StateRow.MaxPayloadBytes} bytes.", parameter);
        }
    }
}
