using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using VbsTool.Demo;
using VbsTool.Import;
using VbsTool.Volumes;

namespace VbsTool;

/// <summary>The command line <c>vbs</c>: results go to standard output, everything else to standard error.</summary>
internal static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Not done; standard error says why in one sentence.</summary>
    public const int Failure = 1;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as a shell reports it.</summary>
    public const int Interrupted = 130;

    // Long enough to give a temporary file back; Ctrl-C is felt as immediate.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    /// <summary>Runs one command to its exit code; nothing is thrown.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The process edge: a person gets a sentence, never a stack trace.")]
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Func<IConfiguration> readSettings, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var services = new Services(readSettings);
        var parsed = Describe(services, terminal).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            await terminal.Error.WriteLineAsync($"vbs: {string.Join(" ", parsed.Errors.Select(error => error.Message))} See --help.");
            return Failure;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception failure)
        {
            await terminal.Error.WriteLineAsync($"vbs: {Failures.Describe(failure)}");
            return Failure;
        }
    }

    private static RootCommand Describe(Services services, Terminal terminal) =>
        new("Loads Cinder backups into the store of VbsFunctions, makes disks to restore to, and reads them back.")
        {
            DemoCommand.Create(services, terminal),
            ImportCommand.Create(services, terminal),
            VolumeCommand.Create(services, terminal),
        };
}
