using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Vbs.Health;

/// <summary>Whether everything that the service cannot work without answers.</summary>
/// <remarks>
/// All probes are asked at once, each for at most <see cref="Timeout"/>. An answer holds for <see cref="Kept"/>, and whoever
/// asks meanwhile shares it or the round under way: however often it is asked, each probe gets one request in that time.
/// It says nothing of why; that is in the log.
/// </remarks>
public sealed class Readiness(IEnumerable<Probe> probes, TimeProvider time, ILogger<Readiness> log)
{
    /// <summary>A caller waits no longer than this. A storage service in good health answers in a hundredth of it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer holds.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly Probe[] probes = [.. probes];
    private readonly Lock gate = new();
    private Task<bool>? round;
    private DateTimeOffset endsAt;

    /// <summary>Asks, or shares what others have asked. Never throws, and takes no longer than <see cref="Timeout"/>.</summary>
    public Task<bool> IsReadyAsync()
    {
        lock (gate)
        {
            if (round is null || (round.IsCompleted && time.GetUtcNow() >= endsAt))
            {
                round = AskAllAsync();
            }

            return round;
        }
    }

    private async Task<bool> AskAllAsync()
    {
        // Not on the caller's thread, which holds the gate.
        await Task.Yield();
        var answers = await Task.WhenAll(probes.Select(AskAsync));
        lock (gate)
        {
            endsAt = time.GetUtcNow() + Kept;
        }

        return answers.All(answered => answered);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a probe throws, the answer is the same: not ready.")]
    private async Task<bool> AskAsync(Probe probe)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            // A probe that does not heed its token is not waited for.
            await probe.AskAsync(timeout.Token).WaitAsync(timeout.Token);
            return true;
        }
        catch (Exception silent)
        {
            log.NotReady(silent, probe.Name);
            return false;
        }
    }
}
