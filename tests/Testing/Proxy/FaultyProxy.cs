using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Testing.Proxy;

/// <summary>Stands before a real service on a port of its own and forwards whatever comes, byte for byte, until a test disturbs it.
/// What it does not do: slow links, half answers.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Disturbed, byte> disturbed = new();
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
    });

    private readonly WebApplication web;
    private readonly string upstream;
    private readonly AsItStands transformer;

    private FaultyProxy(Uri upstream)
    {
        this.upstream = upstream.GetLeftPart(UriPartial.Authority);
        transformer = new AsItStands(this.upstream);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddHttpForwarder();
        web = builder.Build();
        var forwarder = web.Services.GetRequiredService<IHttpForwarder>();
        web.Run(http => HandleAsync(http, () => ForwardAsync(forwarder, http)));
    }

    /// <summary>Where it listens, without path.</summary>
    public Uri Url => new(web.Urls.Single());

    /// <summary>Starts one before a service.</summary>
    /// <param name="upstream">Scheme, host and port of the service.</param>
    public static async Task<FaultyProxy> StartAsync(Uri upstream)
    {
        var proxy = new FaultyProxy(upstream);
        await proxy.web.StartAsync(CancellationToken.None);
        return proxy;
    }

    /// <summary>Disturbs some requests until the result is disposed. Of several that match, any.</summary>
    /// <param name="which">Which requests; what it is given is not read yet.</param>
    /// <param name="how">What becomes of them.</param>
    public Disturbed Disturb(Predicate<HttpRequest> which, Disturbance how)
    {
        var added = new Disturbed(which, how, ended => disturbed.TryRemove(ended, out _));
        disturbed.TryAdd(added, 0);
        return added;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Requests that are stalled end with their clients, and these may be waiting for us.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await web.StopAsync(now.Token);
        await web.DisposeAsync();
        client.Dispose();
    }

    private Task HandleAsync(HttpContext http, Func<Task> forward) =>
        disturbed.Keys.FirstOrDefault(candidate => candidate.Which(http.Request)) is { } found ? found.HandleAsync(http, forward) : forward();

    private async Task ForwardAsync(IHttpForwarder forwarder, HttpContext http) =>
        await forwarder.SendAsync(http, upstream, client, ForwarderRequestConfig.Empty, transformer);

    // The target is part of what storage clients sign, so it goes on as it came.
    private sealed class AsItStands(string upstream) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            proxyRequest.RequestUri = new Uri(upstream + target);
        }
    }
}
