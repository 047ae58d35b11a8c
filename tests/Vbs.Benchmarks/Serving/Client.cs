using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Vbs.Benchmarks.Serving;

/// <summary>The calls of a client.</summary>
internal sealed class Client(Uri service) : IDisposable
{
    private static readonly TimeSpan JobPoll = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new() { BaseAddress = service };

    /// <summary>Asks for a restore that must be accepted.</summary>
    /// <returns>The address of its job.</returns>
    public async Task<Uri> AcceptAsync(Pair pair)
    {
        using var request = NewRequest(HttpMethod.Post, new Uri($"/v3/{pair.Volume.ProjectId}/backups/{pair.Backup.Id}/restore", UriKind.Relative), pair);
        request.Content = JsonContent.Create(new JsonObject { ["restore"] = new JsonObject { ["volume_id"] = pair.Volume.Id.ToString() } });
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode == 202
            ? new Uri(answer.Headers.GetValues("Operation-Location").Single())
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Restores, and waits for the end, which must be good.</summary>
    /// <returns>From the call until the end that the job tells, to the millisecond: no poll falls on it.</returns>
    public async Task<TimeSpan> RestoreAsync(Pair pair)
    {
        var called = TimeProvider.System.GetUtcNow();
        var end = await WaitForEndAsync(await AcceptAsync(pair), pair);
        if ((string?)end["status"] != "SUCCESS")
        {
            throw new InvalidOperationException($"The restore failed: {end}");
        }

        return DateTimeOffset.Parse((string)end["end_time"]!, CultureInfo.InvariantCulture) - called;
    }

    /// <summary>Polls a job until it has ended.</summary>
    /// <returns>The job.</returns>
    public async Task<JsonNode> WaitForEndAsync(Uri job, Pair pair)
    {
        while (true)
        {
            using var request = NewRequest(HttpMethod.Get, job, pair);
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            if ((string?)body["status"] is "SUCCESS" or "FAIL")
            {
                return body;
            }

            await Task.Delay(JobPoll, TimeProvider.System);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static HttpRequestMessage NewRequest(HttpMethod method, Uri uri, Pair pair)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Add("X-Auth-Token", ProjectTokens.Token(pair.Project));
        return request;
    }
}
