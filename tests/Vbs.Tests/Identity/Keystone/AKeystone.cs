using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Testing;
using Vbs.Identity;
using Vbs.Tests.Configuration;

namespace Vbs.Tests.Identity.Keystone;

/// <summary>The library's own check, as a host registers it, before a peer that plays Keystone's part; a clock of the test's.</summary>
internal sealed class AKeystone : IAsyncDisposable
{
    public const string Secret = "s3cr3t-of-the-service";
    private readonly Dictionary<string, string?> settings;
    private ServiceProvider? host;
    private int logins;

    public AKeystone(params (string Key, string? Value)[] changed)
    {
        settings = new()
        {
            ["Vbs:Storage:ConnectionString"] = "UseDevelopmentStorage=true",
            ["Vbs:Keystone:Uri"] = Peer.Uri,
            ["Vbs:Keystone:ApplicationCredentialId"] = "c0ffee",
            ["Vbs:Keystone:ApplicationCredentialSecret"] = Secret,
        };
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        Peer.LogIn = _ => KeystoneReplies.Issued($"service-{Interlocked.Increment(ref logins)}", Time.GetUtcNow().AddHours(1));
        Peer.Show = _ => KeystoneReplies.Shown(Time.GetUtcNow().AddHours(1), "member", "reader");
    }

    public FakeKeystone Peer { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public Lines Log { get; } = new();

    public IServiceProvider Host => host ??= AHost.With("Production", Log, Time, [.. settings.Select(setting => (setting.Key, setting.Value))]);

    public async Task<TokenAnswer> CheckAsync(string? token = "a-token", CancellationToken? cancellationToken = null) =>
        await Host.GetRequiredService<CheckToken>()(token, cancellationToken ?? TestContext.Current.CancellationToken);

    public async Task<TokenVerdict> VerdictAsync(string? token = "a-token") => (await CheckAsync(token)).Verdict;

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>All that is logged, at every level.</summary>
    internal sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<(LogLevel Level, string Line)> lines = [];

        public IReadOnlyList<(LogLevel Level, string Line)> All
        {
            get
            {
                lock (lines)
                {
                    return [.. lines];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Add(LogLevel.Trace, $"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(logLevel, $"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }

        private void Add(LogLevel level, string line)
        {
            lock (lines)
            {
                lines.Add((level, line));
            }
        }
    }
}
