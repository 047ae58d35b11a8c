using System.Text;
using System.Text.Json;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Tests.Http.Bodies;

/// <summary>Every row of schema-messages.json: what jsonschema 4.26 says of a body against Cinder's schema, null when it says nothing.
/// A restore of null is not among them: there ours differs.</summary>
public sealed class SchemaMessageTests
{
    public static TheoryData<string, string?> Rows { get; } = Read();

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_message_is_the_one_of_jsonschema(string body, string? message)
    {
        Assert.True(JsonBody.TryRead(Encoding.UTF8.GetBytes(body), out var json));

        var (read, fault) = RestoreBody.Read(json, volumeIdRequired: false);

        Assert.Equal(message, fault?.Message);
        Assert.Equal(message is null, read is not null);
        Assert.Equal(message is null ? null : 400, fault?.Status);
    }

    private static TheoryData<string, string?> Read()
    {
        var rows = new TheoryData<string, string?>();
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Http", "Bodies", "schema-messages.json")));
        foreach (var row in file.RootElement.EnumerateArray())
        {
            rows.Add(row.GetProperty("body").GetString()!, row.GetProperty("message").GetString());
        }

        return rows;
    }
}
