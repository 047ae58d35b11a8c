using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace VbsFunctions.Tests.Wire;

/// <summary>Reads an answer as the strictest of the clients does: gophercloud and gophertelekomcloud (times, types), python-cinderclient (faults, next
/// links), keystoneauth (<c>Retry-After</c>). Whatever one of them would choke on is an assertion that fails.</summary>
/// <remarks>Values are held to their key's rule wherever the key stands, so an answer that nobody thought of is held to it too.</remarks>
internal static partial class StrictReader
{
    private static readonly JsonDocumentOptions OneMeaning = new() { AllowDuplicateProperties = false };

    private static readonly Dictionary<string, Action<JsonElement>> Rules = new()
    {
        // gophercloud results.go, JSONRFC3339MilliNoZ: a zone fails the whole list. null is none.
        ["created_at"] = GoTime,
        ["updated_at"] = GoTime,
        ["data_timestamp"] = GoTime,
        ["begin_time"] = JobTime,
        ["end_time"] = JobTime,
        ["size"] = Integer,
        ["object_count"] = Integer,
        ["count"] = Integer,
        ["is_incremental"] = Boolean,
        ["has_dependent_backups"] = Boolean,
        ["encrypted"] = Boolean,
        ["multiattach"] = Boolean,
        ["bootable"] = Text,
        ["id"] = Text,
        ["status"] = Text,
        ["message"] = Text,
        ["links"] = Links,
        ["backups_links"] = Links,
        ["volumes_links"] = Links,
        ["metadata"] = TextMap,
        ["entities"] = TextMap,
        ["attachments"] = Array,
        ["sub_jobs"] = Array,
        ["service_metadata"] = JsonText,
        ["name"] = TextOrNull,
        ["description"] = TextOrNull,
        ["volume_id"] = TextOrNull,
        ["volume_name"] = TextOrNull,
        ["backup_id"] = TextOrNull,
        ["snapshot_id"] = TextOrNull,
        ["fail_reason"] = TextOrNull,
        ["error_code"] = TextOrNull,
        ["availability_zone"] = TextOrNull,
        ["backup_url"] = Text,
        ["backup_service"] = Text,
    };

    /// <summary>Reads the body; undefined when there is none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="hasBody">False for the answer to a HEAD.</param>
    public static JsonElement Read(WireAnswer answer, bool hasBody = true)
    {
        Assert.Matches("^[0-9]+$", answer.Header("Retry-After") ?? "0");
        Assert.Equal(hasBody ? $"{answer.Body.Length}" : answer.Header("Content-Length"), answer.Header("Content-Length"));
        if (answer.Body.Length == 0)
        {
            Assert.True(!hasBody || answer.Status is 202 or 204, $"{answer.Status} without a body.");
            return default;
        }

        Assert.True(Utf8.IsValid(answer.Body));
        using var document = JsonDocument.Parse(answer.Body, OneMeaning);
        var root = document.RootElement.Clone();
        if (answer.Header("Content-Type") == "application/problem+json")
        {
            Problem(answer.Status, root);
            return root;
        }

        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal(JsonValueKind.Object, root.ValueKind);
        if (answer.Status >= 400)
        {
            Fault(answer.Status, root);
        }

        Walk(root);
        return root;
    }

    /// <summary>The links that a client may follow: of the thing itself, and of the next page.</summary>
    public static IEnumerable<string> Followed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => property.Name.EndsWith("links", StringComparison.Ordinal)
            ? property.Value.EnumerateArray()
                .Where(link => link.GetProperty("rel").GetString() is "self" or "next")
                .Select(link => link.GetProperty("href").GetString()!)
            : Followed(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Followed),
        _ => [],
    };

    // cinderclient/exceptions.py from_response: body[list(body)[0]].get('message'); the names are those of cinder/api/openstack/wsgi.py.
    private static void Fault(int status, JsonElement root)
    {
        var fault = Assert.Single(root.EnumerateObject());
        var expected = status switch
        {
            400 => "badRequest",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "itemNotFound",
            405 => "badMethod",
            409 => "conflictingRequest",
            413 => "overLimit",
            415 => "badMediaType",
            501 => "notImplemented",
            503 => "serviceUnavailable",
            _ => "computeFault",
        };
        Assert.Contains(fault.Name, (string[])[expected, "error"]); // "error": the vendor's calls.
        Assert.Equal(JsonValueKind.Object, fault.Value.ValueKind);
        Assert.False(string.IsNullOrEmpty(fault.Value.GetProperty("message").GetString()));
        if (fault.Name == "error")
        {
            Assert.StartsWith("VolumeBackup.", fault.Value.GetProperty("code").GetString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(status, fault.Value.GetProperty("code").GetInt32());
        }
    }

    private static void Problem(int status, JsonElement root)
    {
        Assert.True(status >= 400);
        Assert.Equal(status, root.GetProperty("status").GetInt32());
        Text(root.GetProperty("title"));
        Text(root.GetProperty("detail"));
    }

    private static void Walk(JsonElement value)
    {
        _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null; // Fails on half a surrogate pair.
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Walk(item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                if (Rules.TryGetValue(property.Name, out var rule))
                {
                    rule(property.Value);
                }

                Walk(property.Value);
            }
        }
    }

    private static void GoTime(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            var read = DateTime.TryParseExact(
                value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
            Assert.True(read, $"{value} is not of 2006-01-02T15:04:05.999999");
        }
    }

    private static void JobTime(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            Assert.Matches(JobTimeForm, value.GetString());
        }
    }

    private static void Integer(JsonElement value) =>
        Assert.True(value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny(".eE") < 0 && value.TryGetInt64(out _), $"{value}");

    private static void Boolean(JsonElement value) => Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    private static void Array(JsonElement value) => Assert.Equal(JsonValueKind.Array, value.ValueKind);

    private static void Text(JsonElement value) => Assert.Equal(JsonValueKind.String, value.ValueKind);

    private static void TextOrNull(JsonElement value) => Assert.True(value.ValueKind is JsonValueKind.String or JsonValueKind.Null, $"{value}");

    // A map[string]string, which a number breaks.
    private static void TextMap(JsonElement value) => Assert.All(value.EnumerateObject(), entry => Text(entry.Value));

    private static void JsonText(JsonElement value)
    {
        using var inner = JsonDocument.Parse(value.GetString()!, OneMeaning);
        Assert.Equal(JsonValueKind.Object, inner.RootElement.ValueKind);
    }

    private static void Links(JsonElement value) => Assert.All(value.EnumerateArray(), link =>
    {
        Text(link.GetProperty("rel"));
        Assert.True(Uri.TryCreate(link.GetProperty("href").GetString(), UriKind.Absolute, out var href) && href.Scheme is "http" or "https");
    });

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z")]
    private static partial Regex JobTimeForm { get; }
}
