using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vbs.Restores;

namespace VbsFunctions.Tests.Contract;

/// <summary>One file: what is given, what is asked, what is answered. Each case has a project and a job of its own,
/// <c>{project}</c> and <c>{job}</c> in its text; <c>{now}</c> is the time.</summary>
/// <param name="Given">The catalog's rows before the request.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Answer">What must be answered.</param>
/// <param name="Then">Statuses of the rows after it, by their names in Cinder.</param>
public sealed record ContractCase(GivenRows? Given, AskedRequest Request, ExpectedAnswer Answer, ThenStatuses? Then)
{
    public const string Folder = "Contract";

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file, such as <c>restore/accepted.json</c>.</summary>
    public static ContractCase Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Folder, name));
        return JsonSerializer.Deserialize<ContractCase>(
            text.Replace("{project}", Project(name).ToString(), StringComparison.Ordinal)
                .Replace("{job}", Job(name).ToString(), StringComparison.Ordinal)
                .Replace("{now}", TimeProvider.System.GetUtcNow().ToString("r"), StringComparison.Ordinal),
            Reading)!;
    }

    /// <summary>The project of a case.</summary>
    public static ProjectId Project(string name) => ProjectId.Parse(Digits("project of " + name));

    /// <summary>The job, that is the restore, of a case.</summary>
    public static RestoreId Job(string name) => RestoreId.Parse(Digits("job of " + name));

    /// <summary>JSON as the service writes it: no white space, the order of the file.</summary>
    public static string Compact(JsonElement json) => JsonSerializer.Serialize(json, Writing);

    private static string Digits(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}

/// <summary>What is asked.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Path and query, sent as they stand.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Json">The body as a JSON value.</param>
/// <param name="Text">The body as text, for what is no JSON.</param>
/// <param name="Spaces">A body of so many spaces.</param>
/// <param name="Chunked">Whether the body is sent without its length.</param>
/// <param name="Unfinished">Whether the last byte of the body never comes.</param>
public sealed record AskedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string>? Headers,
    JsonElement? Json,
    string? Text,
    int? Spaces,
    bool Chunked,
    bool Unfinished)
{
    /// <summary>The body's bytes; null for none.</summary>
    public byte[]? Body() =>
        (Json is { } json ? ContractCase.Compact(json) : Spaces is { } count ? new string(' ', count) : Text) is { } text
            ? Encoding.UTF8.GetBytes(text)
            : null;

    /// <summary>The whole request as it goes over the wire, but for the last byte of its body.</summary>
    public byte[] Unended()
    {
        var body = Body()!;
        var headers = (Headers ?? new Dictionary<string, string>()).Select(header => $"{header.Key}: {header.Value}\r\n");
        var head = $"{Method} {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(headers)}Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body[..^1]];
    }
}

/// <summary>What must be answered. <c>{base}</c> stands for the service's URL, <c>{hex}</c> for 32 hex digits, <c>{uuid}</c> for a UUID, <c>{time}</c> for a time.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Headers that must be there, or with null must not.</param>
/// <param name="Body">Its body, exactly: the order of keys too; null for none.</param>
public sealed record ExpectedAnswer(int Status, IReadOnlyDictionary<string, string?>? Headers, JsonElement? Body);

/// <summary>What is there after the request.</summary>
/// <param name="Backup">The backup's status.</param>
/// <param name="Volume">The volume's; <c>gone</c> when there is none.</param>
/// <param name="Restores">How many restores are left once a failure of storage is settled.</param>
public sealed record ThenStatuses(string? Backup, string? Volume, int Restores);
