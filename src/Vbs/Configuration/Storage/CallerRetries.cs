using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Vbs.Configuration;

/// <summary>Retries for requests that a caller waits for: a few, soon after one another. A service that asks for more time than that has its answer
/// handed on at once, so that the caller is told when to come again instead of being kept.</summary>
/// <param name="retries">How many.</param>
/// <param name="delay">How long before the first; it doubles, with jitter.</param>
/// <param name="longest">The longest wait before any of them.</param>
internal sealed class CallerRetries(int retries, TimeSpan delay, TimeSpan longest)
    : RetryPolicy(retries, DelayStrategy.CreateExponentialDelayStrategy(delay, longest))
{
    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !AsksForMore(message) && base.ShouldRetry(message, exception);

    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        AsksForMore(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    private bool AsksForMore(HttpMessage message) =>
        message.HasResponse
        && message.Response.Headers.TryGetValue("Retry-After", out var value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > longest.TotalSeconds;
}
