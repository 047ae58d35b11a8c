using LocalRuntime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Hosting;

public sealed class HealthWaitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 503, 503, 200)]
    [InlineData(1, 404)]
    public async Task An_app_is_waited_for_until_it_is_ready_or_has_no_word_for_it(int expected, params int[] answers)
    {
        var asked = 0;
        await using var app = await StartAsync(() => answers[asked++]);

        await HealthWait.UntilReadyAsync(new Uri(app.Urls.Single()), TimeProvider.System, Stop);

        Assert.Equal(expected, asked);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends()
    {
        using var cancel = new CancellationTokenSource();
        await using var app = await StartAsync(() =>
        {
            cancel.Cancel();
            return 503;
        });

        await HealthWait.UntilReadyAsync(new Uri(app.Urls.Single()), TimeProvider.System, cancel.Token);
    }

    private static async Task<WebApplication> StartAsync(Func<int> status)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health" ? status() : 500;
            return Task.CompletedTask;
        });
        await app.StartAsync(Stop);
        return app;
    }
}
