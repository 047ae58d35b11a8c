using System.Globalization;
using Vbs.Telemetry;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>What one restore through the running app tells, and what it does not.</summary>
public sealed class RestoreTelemetryTests(OneRestore one) : IClassFixture<OneRestore>
{
    [Fact]
    public async Task One_restore_is_one_trace_from_its_request_to_its_storage_requests()
    {
        var expected = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Telemetry", "one-restore.txt"), TestContext.Current.CancellationToken);

        Assert.Equal(expected, new TraceTree(one.Trace).Draw(one.App.CallerId));
    }

    [Fact]
    public void Each_step_says_which_restore_it_is_of()
    {
        var steps = one.Trace.Where(span => span.Source.Name == RestoreSpans.SourceName).ToList();

        Assert.Equal(5, steps.Count);
        Assert.All(steps, step => Assert.Equal(
            (one.RestoreId, WatchedApp.ProjectId),
            (step.GetTagItem(TelemetryNames.RestoreId), step.GetTagItem(TelemetryNames.ProjectId))));
        Assert.All(
            steps.Where(step => step.DisplayName is "accept restore" or "plan restore"),
            step => Assert.Equal(
                (one.RequestId, one.Backup.BackupId.ToString(), one.Backup.VolumeId.ToString()),
                (step.GetTagItem(TelemetryNames.RequestId), step.GetTagItem(TelemetryNames.BackupId), step.GetTagItem(TelemetryNames.VolumeId))));
        Assert.Contains(one.Trace, span =>
            span.DisplayName == "function RestoreBackupV3" && one.RequestId.Equals(span.GetTagItem(TelemetryNames.RequestId)));
    }

    [Fact]
    public void Everything_is_counted()
    {
        string[] expected =
        [
            "vbs.requests.refused {request} http.response.status_code=401 error.type=_OTHER = 1",
            "vbs.requests.refused {request} http.response.status_code=404 error.type=VolumeBackup.0111 = 1",
            "vbs.restores.accepted {restore} = 2",
            "vbs.restores.ended {restore} vbs.restore.outcome=failed error.type=VolumeBackup.0200 = 1",
            "vbs.restores.ended {restore} vbs.restore.outcome=succeeded = 1",
            "vbs.restores.oldest s = 0",
            "vbs.restores.running {restore} = 0",
            "vbs.verifications.failed {segment} = 1",
        ];

        Assert.Equal(
            expected,
            Totals(one.App.Measured).Where(line => !line.StartsWith("vbs.restore.duration", StringComparison.Ordinal) && !line.StartsWith("vbs.bytes", StringComparison.Ordinal)));
        Assert.All(["succeeded", "failed"], outcome => Assert.InRange(
            one.App.Measured.Single(measured => measured.Series == $"vbs.restore.duration s vbs.restore.outcome={outcome}").Value, 0.01, 300));
    }

    [Fact]
    public void Bytes_are_counted_as_they_are_written_and_cleared() => Assert.Equal(
        [$"vbs.bytes.cleared By = {152 << 20}", $"vbs.bytes.restored By = {8 << 20}"],
        Totals(one.MeasuredByTrace).Where(line => line.StartsWith("vbs.bytes", StringComparison.Ordinal)));

    [Fact]
    public void A_restore_is_found_in_the_log_by_its_request_and_by_its_own_id()
    {
        var ofRequest = one.App.Log.Where(line => line.Contains(one.RequestId, StringComparison.Ordinal)).ToList();

        Assert.Contains(ofRequest, line => line.StartsWith("3 ", StringComparison.Ordinal) && line.Contains(one.RestoreId, StringComparison.Ordinal));
        Assert.Contains(ofRequest, line => line.StartsWith("190 ", StringComparison.Ordinal) && line.Contains(one.RestoreId, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_secret_is_told()
    {
        // Azurite's own key: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
        string[] secrets = [WatchedApp.Token, OneRestore.SecretName, "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6", "SharedKey", "AccountKey"];
        var told = one.App.Spans.SelectMany(span => (string?[])
                [
                    span.DisplayName,
                    span.StatusDescription,
                    .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                    .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name} {tag.Key}={tag.Value}")),
                    .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
                ])
            .Concat(one.App.Measured.Select(measured => measured.Series))
            .Concat(one.App.Log)
            .ToList();

        Assert.True(told.Count > 100);
        Assert.All(secrets, secret => Assert.DoesNotContain(told, text => text?.Contains(secret, StringComparison.Ordinal) is true));
    }

    private static IEnumerable<string> Totals(IEnumerable<Measurement> measured) => measured
        .GroupBy(measured => measured.Series)
        .Select(series => string.Create(CultureInfo.InvariantCulture, $"{series.Key} = {series.Sum(measured => measured.Value)}"))
        .Order(StringComparer.Ordinal);
}
