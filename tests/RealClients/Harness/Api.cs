using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RealClients.Harness;

/// <summary>Calls of the service by hand, with any token: to see what a client does not show.</summary>
internal sealed class Api(string baseUrl) : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(5);
    private readonly HttpClient http = new();

    /// <summary>Asks for a restore.</summary>
    public async Task<HttpResponseMessage> RestoreAsync(
        string? token, string projectId, string backupId, string volumeId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{baseUrl}/v3/{projectId}/backups/{backupId}/restore");
        request.Content = JsonContent.Create(new JsonObject { ["restore"] = new JsonObject { ["volume_id"] = volumeId } });
        return await SendAsync(request, token, cancellationToken);
    }

    /// <summary>Reads something of a project, such as <c>backups/ID</c>.</summary>
    public async Task<HttpResponseMessage> GetAsync(string? token, string projectId, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{baseUrl}/v3/{projectId}/{path}");
        return await SendAsync(request, token, cancellationToken);
    }

    /// <summary>Polls a volume until it is no longer being restored to.</summary>
    /// <returns>Its status then.</returns>
    public async Task<string> WaitForVolumeAsync(string token, string projectId, string volumeId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(EndLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        while (true)
        {
            using var answer = await GetAsync(token, projectId, $"volumes/{volumeId}", either.Token);
            var body = await answer.Content.ReadAsStringAsync(either.Token);
            Assert.True(answer.IsSuccessStatusCode, body);
            var status = (string)JsonNode.Parse(body)!["volume"]!["status"]!;
            if (status is not ("restoring-backup" or "creating"))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, either.Token);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-Auth-Token", token);
        return await http.SendAsync(request, cancellationToken);
    }
}
