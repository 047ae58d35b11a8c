using LocalRuntime.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Hosting;

public sealed class AfterStartTests
{
    [Fact]
    public async Task The_program_is_told_where_the_app_listens()
    {
        var file = Path.GetTempFileName();
        var warnings = new Warnings();

        await new AfterStart($"{AppProcess.Path} write {file}").RunAsync("http://127.0.0.1:7071", warnings, TestContext.Current.CancellationToken);

        Assert.Equal("http://127.0.0.1:7071", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Empty(warnings.Lines);
        File.Delete(file);
    }

    [Fact]
    public async Task Its_failure_is_one_warning()
    {
        var warnings = new Warnings();

        await new AfterStart($"{AppProcess.Path} exit 3").RunAsync("http://127.0.0.1:7071", warnings, TestContext.Current.CancellationToken);

        Assert.EndsWith("exit 3' failed: exit code 3", Assert.Single(warnings.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_may_name_none() => Assert.Null(AfterStart.Of(typeof(AfterStartTests).Assembly));

    private sealed class Warnings : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
