using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>Records of a real Cinder, through the front door and back.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class RecordTests(RunningApp app)
{
    private const string Posix = "cinder.backup.drivers.posix.PosixBackupDriver";
    private static readonly HttpClient Client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_that_Cinder_exported_is_imported_parents_first_and_exported_again()
    {
        var project = ContractCase.Project("records");
        var (full, increment) = (RecordOf(0), RecordOf(1));
        await PutObjectsAsync(full);
        await PutObjectsAsync(increment);

        Assert.Contains("Import that first", await ImportAsync(project, increment, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        var answer = await ImportAsync(project, full, HttpStatusCode.Created);
        await ImportAsync(project, increment, HttpStatusCode.Created);
        Assert.Contains("already exists", await ImportAsync(project, full, HttpStatusCode.BadRequest), StringComparison.Ordinal);

        var id = (string)full["id"]!;
        Assert.Equal(
            $$$"""{"backup":{"id":"{{{id}}}","name":"nightly-0","links":[{"rel":"self","href":"{{{app.BaseUrl}}}/v3/{{{project}}}/backups/{{{id}}}"},{"rel":"bookmark","href":"{{{app.BaseUrl}}}/{{{project}}}/backups/{{{id}}}"}]}}""",
            answer);
        var exported = await ExportAsync(project, id);
        Assert.Equal(Posix, (string?)exported["backup_service"]);
        var decoded = JsonNode.Parse(Convert.FromBase64String((string)exported["backup_url"]!))!;
        string[] kept = ["id", "volume_id", "parent_id", "container", "size", "service", "service_metadata", "object_count", "display_name", "display_description", "created_at", "data_timestamp"];
        Assert.All(kept, key => Assert.Equal(full[key]?.ToJsonString(), decoded[key]?.ToJsonString()));
        Assert.Equal((project.ToString(), 1), ((string)decoded["project_id"]!, (int)decoded["num_dependent_backups"]!));
    }

    [Fact]
    public async Task What_is_exported_a_real_Cinder_decodes_field_by_field()
    {
        var project = ContractCase.Project("records for Cinder");
        await new GivenRows(new GivenBackup(), null, null).AddAsync(app.Table, app.Scratch(), project, ContractCase.Job("records for Cinder"));
        var exported = await ExportAsync(project, GivenRows.BackupId.ToString());

        var (exit, output) = await PythonAsync((string)exported["backup_url"]!);

        Assert.True(exit == 0, output);
        Assert.Equal($"{GivenRows.BackupId} 10 volumebackups 22 nightly 2099-01-02 03:04:05+00:00", output.Trim());
    }

    private static JsonNode RecordOf(int index) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cinder-backups", "zlib", "records.json")))![index]!;

    private async Task PutObjectsAsync(JsonNode record)
    {
        await app.Backups.CreateIfNotExistsAsync(cancellationToken: Stop);
        foreach (var suffix in (string[])["_metadata", "_sha256file"])
        {
            await app.Backups.GetBlobClient($"{record["container"]}/{record["service_metadata"]}{suffix}").UploadAsync(BinaryData.Empty, overwrite: true, Stop);
        }
    }

    // As cinder/objects/backup.py, encode_record, does it; driver_info is what the chunked drivers add.
    private async Task<string> ImportAsync(ProjectId project, JsonNode record, HttpStatusCode expected)
    {
        var row = record.DeepClone().AsObject();
        row["driver_info"] = new JsonObject();
        row["metadata"] = new JsonObject();
        row["deleted"] = false;
        var body = new JsonObject
        {
            ["backup-record"] = new JsonObject
            {
                ["backup_service"] = Posix,
                ["backup_url"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(row.ToJsonString())),
            },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{app.BaseUrl}/v3/{project}/backups/import_record")
        {
            Headers = { { "X-Auth-Token", $"{project}:admin" } },
            Content = JsonContent.Create(body),
        };
        using var response = await Client.SendAsync(request, Stop);
        var answer = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.StatusCode == expected, answer);
        return answer;
    }

    private async Task<JsonNode> ExportAsync(ProjectId project, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.BaseUrl}/v3/{project}/backups/{id}/export_record")
        {
            Headers = { { "X-Auth-Token", $"{project}:member" } },
        };
        using var response = await Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["backup-record"]!;
    }

    private static async Task<(int Exit, string Output)> PythonAsync(string url)
    {
        const string Script = """
            import sys
            try:
                from cinder import objects
            except ImportError:
                sys.exit(77)
            objects.register_all()
            record = objects.Backup.decode_record(sys.argv[1])
            record.pop('driver_info')
            missing = set(objects.Backup.fields) - set(record) - {'parent'}
            assert not missing and set(record) <= set(objects.Backup.fields), (missing, record)
            backup = objects.Backup(**record)
            print(backup.id, backup.size, backup.container, backup.object_count, backup.display_name, backup.created_at)
            """;
        var start = new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", Script, url]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var isCi = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        Assert.SkipUnless(isCi || File.Exists(start.FileName), "There is no python3 to run Cinder with.");
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync(Stop);
        var error = python.StandardError.ReadToEndAsync(Stop);
        await python.WaitForExitAsync(Stop);
        Assert.SkipWhen(!isCi && python.ExitCode == 77, "python3-cinder is not installed.");
        return (python.ExitCode, python.ExitCode == 0 ? await output : await error);
    }
}
