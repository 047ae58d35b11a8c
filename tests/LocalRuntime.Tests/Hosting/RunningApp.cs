using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Hosting;

/// <summary>An app of some function classes on a free port, in this process.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly LocalHost host;

    private RunningApp(LocalHost host)
    {
        this.host = host;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Url };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => host.Services;

    public static Task<RunningApp> StartAsync(params Type[] classes) => StartAsync(_ => { }, classes);

    public static async Task<RunningApp> StartAsync(Action<FunctionsApplicationBuilder> configure, params Type[] classes)
    {
        var host = Build(configure, classes);
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new RunningApp(host);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public static LocalHost Build(Action<FunctionsApplicationBuilder> configure, params Type[] classes)
    {
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--AzureFunctionsJobHost:extensions:http:routePrefix", ""]);
        builder.ConfigureFunctionsWebApplication();
        builder.Local.OwnsProcess = false;
        builder.Local.FunctionClasses = classes;
        builder.Logging.AddProvider(new TestLog(TestContext.Current.TestOutputHelper));
        configure(builder);
        return (LocalHost)builder.Build();
    }

    public static async Task<string> StartFailureAsync(params Type[] classes) =>
        (await Assert.ThrowsAsync<StartException>(() => StartAsync(classes))).Message;

    public async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Url, new Uri(path, UriKind.Relative))) { Content = content };
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status and body of an answer, as in <c>404 </c> and <c>200 Item 5</c>.</summary>
    public async Task<string> AskAsync(string method, string path)
    {
        using var response = await SendAsync(method, path);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
    }
}
