using System.Collections.Concurrent;
using Testing;

namespace EndToEnd.Harness;

/// <summary>The service that most tests share: the one that runs elsewhere, or one of our own on an Azurite of our own.</summary>
public sealed class Installation : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> imports = new();
    private AzuriteFixture? azurite;
    private ServiceProcess? service;
    private Project? project;

    /// <summary>The folder of real Cinder backups.</summary>
    public static string RealBackups { get; } = Path.Combine(AppContext.BaseDirectory, "cinder-backups");

    /// <summary>The project to work in; skips the test when there is no service.</summary>
    public Project Project
    {
        get
        {
            Assert.SkipWhen(project is null, "No service runs by itself in this configuration, and VBS_BASE_URL is not set.");
            return project;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (ServiceAccess.Elsewhere() is { } elsewhere)
        {
            project = new Project(elsewhere);
        }
        else if (Programs.Service is not null)
        {
            azurite = new AzuriteFixture();
            await azurite.InitializeAsync();
            service = new ServiceProcess(azurite.ConnectionString);
            await service.StartAsync(CancellationToken.None);
            project = new Project(service.Access);
        }
    }

    /// <summary>Imports one folder of the real backups, once for all tests.</summary>
    public Task ImportOnceAsync(string folder) =>
        imports.GetOrAdd(folder, name => new(() => Project.Tool.ImportAsync(Path.Combine(RealBackups, name), CancellationToken.None))).Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        project?.Dispose();
        if (service is not null)
        {
            await service.DisposeAsync();
        }

        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
