using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Testing;

namespace VbsTool;

public sealed class CommandLineTests(AzuriteFixture azurite)
{
    private const string Project = "5751d8c3f2f6415993ee4326b41630ec";
    private const string Volume = "d15c0de0-0000-4000-8000-000000000002";

    [Theory]
    [InlineData("--help", "demo|import|volume")]
    [InlineData("import --help", "FOLDER|--project")]
    [InlineData("volume create --help", "--size|--id|--name|--count")]
    [InlineData("volume export --help", "ID|FILE|--project")]
    [InlineData("volume hash --help", "ID|--bytes|--project")]
    public async Task Help_names_what_a_command_takes(string arguments, string words)
    {
        var help = await new ToolRun(azurite).SucceedAsync(arguments.Split(' '));

        Assert.All(words.Split('|'), word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("volume", "command")]
    [InlineData("format", "format")]
    [InlineData("import", "argument missing")]
    [InlineData("volume create --size 1", "--project")]
    [InlineData($"volume create --project {Project}", "--size")]
    [InlineData($"volume create --project {Project} --size 0", "from 1 to 8191")]
    [InlineData($"volume create --project {Project} --size big", "big")]
    [InlineData($"volume create --project {Project} --size 1 --count 0", "from 1 to 1000")]
    [InlineData($"volume create --project {Project} --size 1 --count 2 --id {Volume}", "--count")]
    [InlineData("volume create --project Admin --size 1", "'Admin': A project id is")]
    [InlineData($"volume hash {Volume} --project {Project} --bytes -1", "from 0 to")]
    [InlineData($"volume hash disk --project {Project} --bytes 1", "'disk': A volume id is")]
    public async Task A_mistake_is_named_and_nothing_is_done(string arguments, string word)
    {
        var sentence = await new ToolRun(azurite).FailAsync(arguments.Split(' '));

        Assert.Contains(word, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_a_sentence()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var run = new ToolRun(azurite);
        run.Settings["Vbs:Storage:ConnectionString"] = Storage(port);

        var sentence = await run.FailAsync("volume", "hash", Volume, "--project", Project, "--bytes", "1");

        Assert.Contains("Storage cannot be reached", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_a_sentence()
    {
        var run = new ToolRun(azurite);
        run.Settings["Vbs:Storage:ConnectionString"] = "";

        var sentence = await run.FailAsync("volume", "hash", Volume, "--project", Project, "--bytes", "1");

        Assert.Contains("Vbs:Storage", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupting_it_ends_it_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send.");
        // Takes the connection, and never answers.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var start = new ProcessStartInfo(
            "dotnet", [ToolProgram, "volume", "hash", Volume, "--project", Project, "--bytes", "1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Vbs__Storage__ConnectionString"] = Storage(((IPEndPoint)silent.LocalEndpoint).Port) },
        };
        using var tool = Process.Start(start)!;
        var connecting = silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.Same(connecting, await Task.WhenAny(connecting, tool.WaitForExitAsync(TestContext.Current.CancellationToken)));
        using var connection = await connecting;

        using var kill = Process.Start("kill", ["-s", "INT", $"{tool.Id}"]);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, tool.ExitCode);
        Assert.Equal("", await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("   at ", await tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // The program as it is built, not its copy beside these tests, whose folder has the libraries of another framework: artifacts/bin/VbsTool/<configuration>.
    private static string ToolProgram
    {
        get
        {
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(own.Parent!.Parent!.FullName, "VbsTool", own.Name, "VbsTool.dll");
        }
    }

    private static string Storage(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:{port}/a;"
        + $"QueueEndpoint=http://127.0.0.1:{port}/a;TableEndpoint=http://127.0.0.1:{port}/a;";
}
