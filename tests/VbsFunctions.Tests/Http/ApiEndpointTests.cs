using System.Text;
using System.Text.Json;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Identity;
using Vbs.Restores;
using Vbs.Telemetry;
using VbsFunctions.Http;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Tests.Http;

public sealed class ApiEndpointTests : IDisposable
{
    private static readonly ProjectId Project = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec");
    private static readonly Guid Id = Guid.Parse("0a1b2c3d-0000-4000-8000-000000000001");
    private readonly List<(LogLevel Level, string Line)> lines = [];
    private readonly CancellationTokenSource gone = new();
    private readonly ServiceProvider services;
    private CheckToken checkToken = (_, _) => ValueTask.FromResult(TokenAnswer.Of(new Caller(Project, "u", ["member"])));

    public ApiEndpointTests() =>
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new Lines(lines)))
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<UnfinishedRestores>()
            .AddSingleton<RestoreMetrics>()
            .BuildServiceProvider();

    public static TheoryData<Exception, int, LogLevel> Thrown { get; } = new()
    {
        { new InvalidOperationException("inside"), 500, LogLevel.Error },
        { new RequestFailedException(503, "inside"), 503, LogLevel.Warning },
        { new RequestFailedException(409, "inside"), 502, LogLevel.Warning },
        { new AggregateException(new InvalidOperationException(), new RequestFailedException(429, "inside")), 503, LogLevel.Warning },
        { new AggregateException(new TaskCanceledException("inside")), 504, LogLevel.Warning },
        { new TaskCanceledException("inside"), 504, LogLevel.Warning },
        { new TimeoutException("inside"), 504, LogLevel.Warning },
        { new UnreadableRowException("inside", null), 502, LogLevel.Warning },
        { new JsonException("inside"), 500, LogLevel.Error },
        { new FormatException("inside"), 500, LogLevel.Error },
        { new IOException("inside"), 500, LogLevel.Error },
    };

    public void Dispose()
    {
        services.Dispose();
        gone.Dispose();
    }

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task What_a_use_case_throws_is_answered_without_its_words_and_logged_once_with_the_request_id(
        Exception thrown, int status, LogLevel level)
    {
        var (context, body) = await AnswerAsync(_ => throw thrown);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal($"req-{Id}", context.Response.Headers["x-openstack-request-id"]);
        Assert.DoesNotContain("inside", body, StringComparison.Ordinal);
        var (logged, line) = Assert.Single(lines);
        Assert.Equal(level, logged);
        Assert.Contains($"req-{Id}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_nobody_foresaw_is_the_500_of_webob()
    {
        var (_, body) = await AnswerAsync(_ => throw new InvalidOperationException());

        Assert.Equal(
            """{"computeFault":{"code":500,"message":"The server has either erred or is incapable of performing the requested operation.","error_code":"VolumeBackup.0200"}}""",
            body);
    }

    [Fact]
    public async Task A_failing_token_check_lets_nobody_in()
    {
        checkToken = (_, _) => throw new InvalidOperationException();

        var (context, _) = await AnswerAsync(_ => throw new InvalidOperationException("Somebody got in."));

        Assert.Equal(500, context.Response.StatusCode);
        Assert.DoesNotContain("Somebody", Assert.Single(lines).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_gone_is_no_failure()
    {
        var (_, body) = await AnswerAsync(async call =>
        {
            await gone.CancelAsync();
            call.Cancelled.ThrowIfCancellationRequested();
            throw new InvalidOperationException();
        });

        Assert.Equal("", body);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task A_use_case_is_told_who_asks_and_from_where()
    {
        Call? seen = null;

        await AnswerAsync(call =>
        {
            seen = call;
            return Task.FromResult(new Answer(200, json => json.WriteNullValue()));
        });

        Assert.Equal((Project, new ApiVersion(2), $"req-{Id}", "https://vbs.example:8443"), (seen!.ProjectId, seen.Version, seen.RequestId, seen.BaseUrl));
    }

    private async Task<(HttpContext Context, string Body)> AnswerAsync(Func<Call, Task<Answer>> use)
    {
        var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = services };
        (context.Request.Method, context.Request.Scheme, context.Request.Host) = ("GET", "https", new HostString("vbs.example", 8443));
        context.Request.Path = $"/v2/{Project}/backups/x";
        context.Response.Body = answer;
        var endpoint = new ApiEndpoint(
            checkToken, "https://keystone.example", () => Id, TimeProvider.System, services.GetRequiredService<RestoreMetrics>(), services.GetRequiredService<ILogger<ApiEndpoint>>());

        var result = await endpoint.AnswerAsync(context.Request, Project.ToString(), use);
        await result.ExecuteAsync(context);
        return (context, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private sealed class Lines(List<(LogLevel, string)> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("VbsFunctions", StringComparison.Ordinal) ? this : new Lines([]);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add((logLevel, formatter(state, exception) + exception?.Message));

        public void Dispose()
        {
        }
    }
}
