namespace LocalRuntime.Durable.Replay;

/// <summary>The one thread an orchestrator runs on: continuations of durable tasks run here, one after another, in a fixed order.
/// A continuation from anywhere else means that the code awaited something that is not durable; it is reported and never run.</summary>
internal sealed class OrchestratorThread(Action onIllegalAwait) : SynchronizationContext
{
    /// <summary>The real worker's words (azure-functions-durable-extension, src/Worker.Extensions.DurableTask/Constants.cs).</summary>
    public const string IllegalAwaitMessage =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks "
        + "in an orchestrator function's implementation or by middleware that invokes asynchronous code.";

    private const int Nobody = 0;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> work = new();
    private volatile int threadId = Nobody;

    /// <summary>Whether the caller is on it.</summary>
    public bool IsCurrent => threadId == Environment.CurrentManagedThreadId;

    /// <summary>Runs a step and all continuations that follow from it.</summary>
    public void Run(Action step)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        threadId = Environment.CurrentManagedThreadId;
        try
        {
            step();
            while (work.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            threadId = Nobody;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Says that the code was continued from elsewhere.</summary>
    public void ReportIllegalAwait() => onIllegalAwait();

    /// <exception cref="InvalidOperationException">The caller is not on it.</exception>
    public void ThrowIfElsewhere()
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException(IllegalAwaitMessage);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            work.Enqueue((d, state));
        }
        else
        {
            ReportIllegalAwait();
        }
    }

    /// <summary>Refused: nobody may wait for an orchestrator.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
