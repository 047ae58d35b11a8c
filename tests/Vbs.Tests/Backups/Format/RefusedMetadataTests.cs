using System.Text;
using System.Text.Json.Nodes;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Tests.Backups.Format;

public sealed class RefusedMetadataTests
{
    private readonly ABackup backup = ABackup.Of(ABackup.Of()).With(0, new byte[512]).With(512, new byte[512]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("version", "\"2.0.0\"", "has the version '2.0.0', not '1.0.0'")]
    [InlineData("version", "1", "a 'version' that is not a string")]
    [InlineData("version", "[\"1.0.0\"]", "a 'version' that is not a string")]
    [InlineData("backup_id", "\"fafcbd73-7a6e-4ff3-8868-fed40f865339\"", "has the backup_id 'fafcbd73-7a6e-4ff3-8868-fed40f865339', not")]
    [InlineData("backup_id", "null", "a 'backup_id' that is not a string")]
    [InlineData("parent_id", "null", "names the parent 'none'")]
    [InlineData("parent_id", "\"fafcbd73-7a6e-4ff3-8868-fed40f865339\"", "names the parent 'fafcbd73-7a6e-4ff3-8868-fed40f865339'")]
    [InlineData("parent_id", "{}", "a 'parent_id' that is not a string")]
    [InlineData("objects", "null", "'objects' that are not a list")]
    [InlineData("objects", "{}", "'objects' that are not a list")]
    [InlineData("objects", "[7]", "an entry 1 of 'objects' that is not one name with one object")]
    [InlineData("objects", "[[]]", "an entry 1 of 'objects' that is not one name with one object")]
    [InlineData("objects", "[{}]", "an entry 1 of 'objects' that is not one name with one object")]
    [InlineData("objects", "[{\"a\": 7}]", "an entry 1 of 'objects' that is not one name with one object")]
    [InlineData("objects", "[{\"\\ud800\": {}}]", "a 'name' that is not Unicode")]
    public async Task A_key_that_is_wrong(string key, string value, string reason)
    {
        backup.Metadata[key] = new JsonObject();
        var json = backup.Metadata.ToJsonString().Replace($"\"{key}\":{{}}", $"\"{key}\":{value}", StringComparison.Ordinal);

        Assert.Contains(reason, await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "has no 'version'")]
    [InlineData("backup_id", "has no 'backup_id'")]
    [InlineData("objects", "has no 'objects'")]
    [InlineData("parent_id", "names no parent, its record says")]
    public async Task A_key_that_is_missing(string key, string reason)
    {
        backup.Metadata.Remove(key);

        Assert.Contains(reason, await ReasonAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "\"1.0.0\"")]
    [InlineData("parent_id", "null")]
    [InlineData("objects", "[]")]
    public async Task A_key_that_comes_twice(string key, string value)
    {
        var json = $$"""{"{{key}}": {{value}}, "{{key}}": {{value}}}""";
        backup.But(record => record with { ParentId = null });

        Assert.Contains($"says '{key}' twice", await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offset", "-512", "the negative offset -512")]
    [InlineData("offset", "100", "the offset 100, not a multiple of 512")]
    [InlineData("offset", "\"0\"", "a 'offset' that is not a whole number of 64 bits")]
    [InlineData("offset", "1.5", "a 'offset' that is not a whole number of 64 bits")]
    [InlineData("offset", "null", "a 'offset' that is not a whole number of 64 bits")]
    [InlineData("offset", "9223372036854775808", "a 'offset' that is not a whole number of 64 bits")]
    [InlineData("offset", "9223372036854775296", "beyond the volume's 1073741824")]
    [InlineData("offset", "1073741824", "bytes 1073741824 to 1073742336, beyond the volume's 1073741824")]
    [InlineData("length", "0", "the length 0")]
    [InlineData("length", "-512", "the length -512")]
    [InlineData("length", "513", "the length 513, not a multiple of 512")]
    [InlineData("length", "9223372036854775296", "beyond the volume's 1073741824")]
    [InlineData("length", "[]", "a 'length' that is not a whole number of 64 bits")]
    [InlineData("md5", "\"abc\"", "a 'md5' that is not 32 hex digits")]
    [InlineData("md5", "\"bf619eac0cdf3f68d496ea9344137e8z\"", "a 'md5' that is not 32 hex digits")]
    [InlineData("md5", "7", "a 'md5' that is not 32 hex digits")]
    [InlineData("compression", "\"lzma\"", "a 'compression' that is not one of none")]
    [InlineData("compression", "null", "a 'compression' that is not one of none")]
    public async Task A_field_of_an_object_that_is_wrong(string field, string value, string reason)
    {
        backup.Fields(1)[field] = JsonNode.Parse(value);

        var actual = await ReasonAsync();

        Assert.Contains($"lists object '{backup.Record.ObjectPrefix}-00001' with", actual, StringComparison.Ordinal);
        Assert.Contains(reason, actual, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offset")]
    [InlineData("length")]
    [InlineData("md5")]
    [InlineData("compression")]
    public async Task A_field_of_an_object_that_is_missing(string field)
    {
        backup.Fields(1).Remove(field);

        Assert.Contains($"with no '{field}'", await ReasonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_an_object_that_comes_twice()
    {
        var json = backup.Metadata.ToJsonString().Replace("\"length\":512", "\"length\":512,\"length\":512", StringComparison.Ordinal);

        Assert.Contains("with 'length' twice", await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../other-00001")]
    [InlineData("PREFIX")]
    [InlineData("PREFIX-1")]
    [InlineData("PREFIX-000001")]
    [InlineData("PREFIX-00000")]
    [InlineData("PREFIX-+0001")]
    [InlineData("PREFIX-00001/../../x")]
    [InlineData("PREFIX_metadata")]
    [InlineData("PREFIX-99999999999")]
    public async Task A_name_that_Cinder_would_not_write(string name)
    {
        var json = backup.Metadata.ToJsonString().Replace(
            $"{backup.Record.ObjectPrefix}-00001", name.Replace("PREFIX", backup.Record.ObjectPrefix, StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Contains("whose name is not", await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_listed_twice()
    {
        var json = backup.Metadata.ToJsonString().Replace("-00002", "-00001", StringComparison.Ordinal);

        Assert.Contains("-00001' twice", await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_that_overlap()
    {
        backup.Fields(1)["length"] = 1024;

        Assert.Contains("lists objects 00001 and 00002, which overlap at byte 512", await ReasonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_names_in_one_entry()
    {
        var json = backup.Metadata.ToJsonString().Replace("}},{", "},", StringComparison.Ordinal);

        Assert.Contains("not one name with one object", await ReasonAsync(json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_cut_off_anywhere()
    {
        var json = backup.Metadata.ToJsonString();
        for (var length = 0; length < json.Length; length++)
        {
            Assert.Contains("is not readable JSON (line 1, byte", await ReasonAsync(json[..length]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("7", "is not a JSON object")]
    [InlineData("{} {}", "is not readable JSON")]
    [InlineData("<xml/>", "is not readable JSON")]
    public async Task A_document_of_another_kind(string json, string reason) =>
        Assert.Contains(reason, await ReasonAsync(json), StringComparison.Ordinal);

    private Task<string> ReasonAsync() => ReasonAsync(backup.Metadata.ToJsonString());

    private async Task<string> ReasonAsync(string metadata)
    {
        await using var json = new MemoryStream(Encoding.UTF8.GetBytes(metadata));
        var refused = await Assert.ThrowsAsync<RestoreFaultException>(() => BackupMetadata.ReadAsync(json, backup.Record, 1, Stop));
        Assert.Equal("VolumeBackup.0200", refused.Fault.Code);
        Assert.StartsWith($"Backup {backup.Record.Id}: its metadata ", refused.Fault.Reason, StringComparison.Ordinal);
        return refused.Fault.Reason;
    }
}
