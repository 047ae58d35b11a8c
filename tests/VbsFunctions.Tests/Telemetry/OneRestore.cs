using System.Diagnostics;
using Testing;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>An app that has done one restore of two segments, failed one of a damaged backup, and refused two requests. What it has told is all there.</summary>
public sealed class OneRestore(AzuriteFixture azurite) : IAsyncLifetime
{
    internal const string SecretName = "a-name-out-of-the-body";

    internal WatchedApp App { get; private set; } = null!;

    internal AStoredBackup Backup { get; private set; } = null!;

    internal string RestoreId { get; private set; } = "";

    internal string RequestId { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        App = await WatchedApp.StartAsync(azurite);
        Backup = await AStoredBackup.PutAsync(App.Services, sizeMiB: 160, isDamaged: false, stop);
        (RestoreId, RequestId, var job) = await Backup.RestoreAsync(App, SecretName, stop);
        Assert.Contains("SUCCESS", job, StringComparison.Ordinal);
        await App.EndOfAsync("orchestration:RestoreOrchestrator");
        (Trace, MeasuredByTrace) = (App.Spans.ToArray(), App.Measured.ToArray());

        var damaged = await AStoredBackup.PutAsync(App.Services, sizeMiB: 80, isDamaged: true, stop);
        (_, _, job) = await damaged.RestoreAsync(App, SecretName, stop);
        Assert.Contains("FAIL", job, StringComparison.Ordinal);
        using var noToken = new HttpClient();
        using var refused = await noToken.GetAsync(new Uri($"{App.BaseUrl}/v3/{WatchedApp.ProjectId}/backups/{Backup.BackupId}"), stop);
        using var missing = await App.Http.GetAsync(new Uri($"/v3/{WatchedApp.ProjectId}/backups/{Backup.VolumeId}", UriKind.Relative), stop);
        Assert.Equal((401, 404), ((int)refused.StatusCode, (int)missing.StatusCode));
        await App.SweptAsync(stop);
    }

    /// <summary>The spans of the good restore.</summary>
    internal IReadOnlyList<Activity> Trace { get; private set; } = [];

    /// <summary>What was measured by then.</summary>
    internal IReadOnlyList<Measurement> MeasuredByTrace { get; private set; } = [];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => App.DisposeAsync();
}
