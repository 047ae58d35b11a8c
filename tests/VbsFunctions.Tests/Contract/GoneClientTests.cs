using System.Text;
using Microsoft.Extensions.Logging;
using Testing.Proxy;
using Vbs.Restores;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Contract;

/// <summary>Clients that do not wait for their answer: 499, which nobody sees.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class GoneClientTests(RunningApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageRequests.Reads)]
    [InlineData(StorageRequests.Writes)]
    [InlineData(StorageRequests.Transactions)]
    public async Task What_is_done_for_a_client_that_is_gone_is_broken_off_and_leaves_nothing(StorageRequests step)
    {
        var project = await GivenAsync($"gone while {step}");
        var before = app.Log.Lines.Count;
        using var disturbed = new GivenStorage(StorageTrouble.Stalls, step).Begin(app.TableProxy, app.BlobProxy, project: "", () => Task.CompletedTask);

        using (var connection = await RawConnection.OpenAsync(app.BaseUrl, Stop))
        {
            await connection.SendAsync(Restore(project), Stop);
            await disturbed.First.WaitAsync(Stop);
        }

        await FiredAsync(await disturbed.First);
        disturbed.Dispose();
        await Settling.AssertAsync(app.Table, project, expected: 0);
        Assert.DoesNotContain(app.Log.Lines.Skip(before), line => line.Level >= LogLevel.Warning && line.Text.StartsWith("Request ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_that_was_stored_before_its_client_was_gone_goes_on()
    {
        var project = await GivenAsync("gone after the transaction");
        using var disturbed = app.TableProxy.Disturb(request => request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal), async (http, forward) =>
        {
            await forward();
            await Disturbances.Stall(http, forward);
        });

        using (var connection = await RawConnection.OpenAsync(app.BaseUrl, Stop))
        {
            await connection.SendAsync(Restore(project), Stop);
            await disturbed.First.WaitAsync(Stop);
            while ((await app.Catalog.FindBackupAsync(project, GivenRows.BackupId, Stop))?.Status != BackupStatus.Restoring)
            {
                await Task.Yield();
            }
        }

        await FiredAsync(await disturbed.First);
        disturbed.Dispose();
        await Settling.AssertAsync(app.Table, project, expected: 1);
    }

    private static byte[] Restore(ProjectId project)
    {
        var body = $$$"""{"restore":{"volume_id":"{{{GivenRows.VolumeId}}}"}}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v2/{project}/backups/{GivenRows.BackupId}/restore HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: {project}:member\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static async Task FiredAsync(CancellationToken token)
    {
        var fired = new TaskCompletionSource();
        await using var registration = token.Register(fired.SetResult);
        await fired.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    private async Task<ProjectId> GivenAsync(string name)
    {
        var project = ContractCase.Project(name);
        await new GivenRows(new GivenBackup(), new GivenVolume()).AddAsync(app.Table, app.Scratch(), project, ContractCase.Job(name));
        return project;
    }
}
