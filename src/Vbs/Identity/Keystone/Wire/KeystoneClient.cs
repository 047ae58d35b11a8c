using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Vbs.Identity.Keystone.Wire;

/// <summary>The three requests that this service makes to Keystone (OpenStack Identity API v3). Each is one try, bounded in time and size;
/// what goes wrong is a value, never an exception. Safe to repeat.</summary>
internal sealed class KeystoneClient
{
    /// <summary>The name of its HTTP client.</summary>
    public const string HttpName = "Keystone";

    /// <summary>The largest answer that is read. A token without catalog is a few KB, 1 MiB with thousands of roles.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    private readonly IHttpClientFactory factory;
    private readonly ServiceLogin login;
    private readonly string versionUri;

    public KeystoneClient(IHttpClientFactory factory, IOptions<KeystoneOptions> options)
    {
        this.factory = factory;
        login = new ServiceLogin(options.Value);
        var given = options.Value.Uri!.AbsoluteUri.TrimEnd('/');
        versionUri = given.EndsWith("/v3", StringComparison.Ordinal) ? given : $"{given}/v3";
    }

    /// <summary>Asks whose a token is: <c>GET /v3/auth/tokens</c>, 200 with its document, 404 when it is not valid, 401 and 403 when we may not ask.</summary>
    public async Task<KeystoneReply> ShowTokenAsync(string serviceToken, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{versionUri}/auth/tokens?nocatalog");
        request.Headers.TryAddWithoutValidation("X-Auth-Token", serviceToken);
        request.Headers.TryAddWithoutValidation("X-Subject-Token", token);
        return await SendAsync(request, CancellationToken.None);
    }

    /// <summary>Gets a token of our own: <c>POST /v3/auth/tokens</c>, 201, or 401 when the credentials are refused.</summary>
    public async Task<KeystoneReply> LogInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{versionUri}/auth/tokens?nocatalog")
        {
            Content = new ByteArrayContent(login.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        return await SendAsync(request, CancellationToken.None);
    }

    /// <summary>Reads the version document, which needs no token: <c>GET /v3</c>, 200.</summary>
    public async Task<KeystoneReply> ShowVersionAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, versionUri);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<KeystoneReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var http = factory.CreateClient(HttpName);
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var issued = response.Headers.TryGetValues("X-Subject-Token", out var values) ? values.FirstOrDefault() : null;
            return KeystoneReply.Of(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), issued);
        }
        catch (HttpRequestException failure)
        {
            return KeystoneReply.Of(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return KeystoneReply.Late(http.Timeout);
        }
    }
}
