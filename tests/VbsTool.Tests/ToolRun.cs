using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Testing;
using Vbs.Restores;

namespace VbsTool;

/// <summary>Runs the tool in this process, on a table and containers of its own.</summary>
internal sealed class ToolRun
{
    public const string Token = "it's a token";

    /// <summary>Makes settings; nothing is read before the first command.</summary>
    public ToolRun(AzuriteFixture azurite)
    {
        var name = AzuriteFixture.UniqueName("tool");
        var connection = azurite.ConnectionString;
        Settings["Vbs:Storage:ConnectionString"] = connection;
        Settings["Vbs:Storage:CatalogTable"] = name;
        Settings["Vbs:Storage:BackupContainer"] = $"{name}-backups";
        Settings["Vbs:Storage:VolumeContainer"] = $"{name}-volumes";
        Settings["Vbs:Storage:RestoreContainer"] = $"{name}-restores";
        Settings["Vbs:Identity:StaticTokens:0:Token"] = Token;
        Settings["Vbs:Identity:StaticTokens:0:ProjectId"] = Project.ToString();
        Settings["Vbs:Identity:StaticTokens:0:UserId"] = "somebody";
        Settings["Vbs:Identity:StaticTokens:0:Roles"] = "member";
        Backups = azurite.Blobs.GetBlobContainerClient($"{name}-backups");
        Volumes = azurite.Blobs.GetBlobContainerClient($"{name}-volumes");
    }

    /// <summary>The project of the token, and of the demo's records.</summary>
    public static ProjectId Project { get; } = ProjectId.Parse("5751d8c3f2f6415993ee4326b41630ec");

    /// <summary>The demo's folder: three real backups.</summary>
    public static string RealBackups { get; } = Path.Combine(AppContext.BaseDirectory, "demo");

    /// <summary>What the tool is configured with.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public BlobContainerClient Backups { get; }

    public BlobContainerClient Volumes { get; }

    /// <summary>The library as the tool sees it.</summary>
    public Services Services() => new(Read);

    /// <summary>Runs one command.</summary>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, Read, new Terminal(output, error), TestContext.Current.CancellationToken);
        return new ToolResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs one command that must succeed.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal(new ToolResult(0, result.Output, ""), result);
        return result.Output;
    }

    /// <summary>Runs one command that must fail, with one sentence and no result.</summary>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal(new ToolResult(1, "", result.Error), result);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return result.Error;
    }

    private IConfiguration Read() => new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
}
