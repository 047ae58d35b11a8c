using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VbsFunctions.Tests.Contract;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Bodies: valid ones of every call, ones with a value exchanged, ones with bytes exchanged, and no JSON at all.</summary>
internal static class HostileBodies
{
    internal static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string RouteEnd, string Text)[] Valid =
    [
        ("/restore", $$$"""{"restore":{"volume_id":"{{{GivenRows.VolumeId}}}","name":null}}"""),
        ("/restore", """{"restore":{"name":"new"}}"""),
        ("/restore", """{"restore":{}}"""),
        ("/action", """{"os-reset_status":{"status":"available"}}"""),
        ("/action", """{"os-reset_status":{"status":"error"}}"""),
        ("/action", """{"os-force_delete":null}"""),
        ("/volumes", """{"volume":{"size":1,"name":"n","description":"d","availability_zone":null,"volume_type":null,"metadata":{"k":"v"},"imageRef":null}}"""),
        ("/volumes", $$$"""{"volume":{"size":10,"backup_id":"{{{GivenRows.BackupId}}}"}}"""),
        ("/import_record", $$$"""{"backup-record":{"backup_service":"cinder.backup.drivers.swift.SwiftBackupDriver","backup_url":"{{{HostileRecords.Good}}}"}}"""),
        ("/backups", $$$"""{"backup":{"volume_id":"{{{GivenRows.VolumeId}}}","name":"n","container":null,"incremental":false,"force":false}}"""),
    ];

    private static readonly string[] Odd =
    [
        "", " ", "null", "true", "1", "\"x\"", "[]", "{}", "{", "}", "[", "nul", "NaN", "-", "1e", "{\"a\":}", "{'restore':{}}", "{\"restore\":{},}", "/*c*/{}", "\u00ef\u00bb\u00bf{}",
        "{\"restore\":{\"name\":\"\\ud800\"}}", "{\"restore\":{\"name\":\"\\u0000\"}}", "{\"\\udc00\":1}", "{\"restore\":{},\"restore\":{}}", "{\"restore\":{\"volume_id\":1e999}}",
        "{\"restore\":{\"volume_id\":123456789012345678901234567890}}", "{\"restore\":null}", "{\"volume\":{\"size\":1e3}}", "{\"volume\":{\"size\":-0}}", "{\"volume\":{\"size\":2147483648}}",
    ];

    private static readonly string[] Large =
    [
        new string('[', 60_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 5_000)),
        $"[{string.Join(',', Enumerable.Repeat("1", 50_000))}]",
        $$$"""{"restore":{"name":"{{{new string('x', 100_000)}}}"}}""",
        $$$"""{"restore":{"volume_id":{{{new string('7', 5_000)}}}}}""",
        $"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"{i}\":0"))}}}",
        new string(' ', 114_688),
        new string(' ', 114_689),
        new string('x', 300_000),
    ];

    private static readonly ConcurrentDictionary<string, Gen<byte[]?>> Made = new();

    /// <summary>A body for a route, mostly near to what it takes; null for none.</summary>
    public static Gen<byte[]?> For(string template) => Made.GetOrAdd(template, Make);

    private static Gen<byte[]?> Make(string template)
    {
        var fitting = Valid.Where(body => template.EndsWith(body.RouteEnd, StringComparison.Ordinal)).Select(body => body.Text).ToArray();
        var all = Gen.Elements(Valid.Select(body => body.Text).ToArray());
        var valid = fitting.Length == 0 ? all : Gen.Frequency((6, Gen.Elements(fitting)), (1, all));
        return Gen.Frequency(
            (3, valid.Select(Bytes)),
            (8, Exchanged(valid).Select(Bytes)),
            (4, Damaged(valid)),
            (2, Gen.Elements(Odd).Select(text => (byte[]?)Encoding.Latin1.GetBytes(text))),
            (template.EndsWith("/import_record", StringComparison.Ordinal) ? 12 : 1, HostileRecords.Any.Select(Bytes)),
            (1, Gen.Elements(Large).Select(Bytes)),
            (1, Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(bytes => (byte[]?)bytes)),
            (1, Gen.Constant<byte[]?>(null)));
    }

    // Also what was escaped already: one half of a pair is all that is left of the letter.
    private static byte[]? Bytes(string text) => Encoding.UTF8.GetBytes(text
        .Replace($"{HostileText.HalfSurrogate}", "\\ud83d", StringComparison.Ordinal)
        .Replace("\\uE0AA", "\\ud83d", StringComparison.Ordinal));

    // One value somewhere becomes another, or a key is added or renamed.
    private static Gen<string> Exchanged(Gen<string> valid) =>
        from text in valid
        from value in Value(3)
        from key in HostileText.Any
        from place in Gen.Choose(0, 100)
        from how in Gen.Choose(0, 2)
        select Exchange(JsonNode.Parse(text)!.AsObject(), JsonNode.Parse(value), key, place, how);

    private static string Exchange(JsonObject root, JsonNode? value, string key, int place, int how)
    {
        var inner = root.First().Value as JsonObject;
        var target = inner is { Count: > 0 } && place > 10 ? inner : root;
        var name = target.ElementAt(place % target.Count).Key;
        var before = target[name];
        switch (how)
        {
            case 0:
                target[name] = value;
                break;
            case 1:
                target[key] = value;
                break;
            default:
                target.Remove(name);
                target[key] = before;
                break;
        }

        return root.ToJsonString(Relaxed);
    }

    /// <summary>Any JSON value, as text.</summary>
    /// <param name="depth">How deep at most.</param>
    public static Gen<string> Value(int depth) => Gen.Frequency(
        (5, HostileText.Any.Select(text => JsonSerializer.Serialize(text, Relaxed))),
        (4, Gen.Elements("null", "true", "false", "0", "-1", "1.5", "1e400", "-0.0", "9223372036854775808", "[]", "{}", new string('9', 4000))),
        (depth == 0 ? 0 : 2, Gen.Constant(0).SelectMany(_ => Value(depth - 1).ArrayOf(2)).Select(values => $"[{string.Join(',', values)}]")),
        (depth == 0 ? 0 : 1, Gen.Constant(0).SelectMany(_ => Value(depth - 1)).Select(value => $$"""{"a":{{value}}}""")));

    private static Gen<byte[]?> Damaged(Gen<string> valid) =>
        from text in valid
        from at in Gen.Choose(0, 1000)
        from with in Gen.Elements<byte[]>([], [0], [0xff], [0xc3], [0xed, 0xa0, 0x80], [.. "\\"u8], [.. "\""u8], [.. "{"u8], [.. "}"u8], [.. ","u8], [.. "\n"u8], [.. "\\u0000"u8], [.. "\\ud83d"u8])
        from length in Gen.Choose(0, 3)
        select Damage(Encoding.UTF8.GetBytes(text), at, with, length);

    private static byte[]? Damage(byte[] bytes, int at, byte[] with, int length)
    {
        var start = at % bytes.Length;
        return [.. bytes[..start], .. with, .. bytes[Math.Min(start + length, bytes.Length)..]];
    }
}
