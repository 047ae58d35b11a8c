using LocalRuntime.Hosting;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Tests.Hosting;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Values_and_connection_strings_become_configuration()
    {
        Write("local.settings.json", """
            {
              // Core Tools take comments
              "IsEncrypted": false,
              "Values": { "A": "1", "B__C": "2", "D:E": "3", "F": 4, "G": true },
              "ConnectionStrings": { "Main": "text" },
            }
            """);

        var settings = LocalSettings.Read(folder);

        Assert.Equal(
            [("A", "1"), ("B:C", "2"), ("ConnectionStrings:Main", "text"), ("D:E", "3"), ("F", "4"), ("G", "True")],
            settings.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public void The_sample_serves_when_there_is_no_file()
    {
        Write("local.settings.sample.json", """{ "Values": { "A": "sample" } }""");
        Assert.Equal("sample", LocalSettings.Read(folder)["A"]);

        Write("local.settings.json", """{ "Values": { "A": "own" } }""");
        Assert.Equal("own", LocalSettings.Read(folder)["A"]);
    }

    [Fact]
    public void Without_either_there_are_none() => Assert.Empty(LocalSettings.Read(folder));

    [Fact]
    public void Environment_variables_go_over_the_settings_and_the_settings_over_files()
    {
        Environment.SetEnvironmentVariable("LocalSettingsTests__Both", "environment");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("LocalSettingsTests:Both", "file"), new("LocalSettingsTests:File", "file")])
            .AddEnvironmentVariables();

        LocalSettings.AddTo(configuration, new Dictionary<string, string?> { ["LocalSettingsTests:Both"] = "settings", ["LocalSettingsTests:File"] = "settings" });

        var built = configuration.Build();
        Assert.Equal(("environment", "settings"), (built["LocalSettingsTests:Both"], built["LocalSettingsTests:File"]));
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{ "IsEncrypted": true }""", "is encrypted")]
    [InlineData("""{ "Values": [] }""", "Values is not a JSON object")]
    [InlineData("""{ "Values": { "A": { "B": "1" } } }""", "Values.A is not a string")]
    public void What_Core_Tools_would_not_read_is_refused(string text, string reason)
    {
        Write("local.settings.json", text);

        var failure = Assert.Throws<FormatException>(() => LocalSettings.Read(folder));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(folder, failure.Message, StringComparison.Ordinal);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
