using Azure;
using LocalRuntime.Durable.Journal;
using LocalRuntime.Durable.Replay;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Durable.Running;

/// <summary>What all drivers of an engine share.</summary>
/// <param name="Journal">The record.</param>
/// <param name="Lease">Held while there is work.</param>
/// <param name="Replayer">Runs the code.</param>
/// <param name="Activities">Runs activities.</param>
/// <param name="Slots">Orchestrations that may replay or write at once.</param>
/// <param name="Signals">Told of every change of status.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The engine's.</param>
internal sealed record DriverServices(
    InstanceJournal Journal,
    JournalLease Lease,
    Replayer Replayer,
    ActivityPool Activities,
    SemaphoreSlim Slots,
    InstanceSignals Signals,
    TimeProvider Time,
    ILogger Logger)
{
    // On top of the SDK's own few retries, which take some seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Repeats a storage operation while the storage is away: an orchestration outlives its outages.</summary>
    /// <param name="operation">Safe to repeat.</param>
    /// <param name="cancellationToken">Ends the repeats.</param>
    public async Task<T> PersistAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await operation();
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && MayPass(failure))
            {
                DurableLog.StorageAway(Logger, failure);
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }
    }

    /// <inheritdoc cref="PersistAsync{T}"/>
    public Task PersistAsync(Func<Task> operation, CancellationToken cancellationToken) => PersistAsync(
        async () =>
        {
            await operation();
            return true;
        },
        cancellationToken);

    private static bool MayPass(Exception failure) => failure switch
    {
        // Status 0: no answer at all.
        RequestFailedException request => request.Status is 0 or 408 or 429 or >= 500,
        // All of the SDK's retries have failed.
        AggregateException all => all.InnerExceptions.All(MayPass),
        // The SDK's own time limit.
        OperationCanceledException => true,
        _ => false,
    };
}
