using Spectre.Console;

namespace VbsTool;

/// <summary>Where a command speaks: results to one writer, the rest to the other.</summary>
/// <param name="Output">Results, for a person or a pipe.</param>
/// <param name="Error">Progress, and the sentence of a failure.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>Does work under a progress bar on the error writer; without one when that is no terminal.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="totalBytes">Bytes the work will report in all.</param>
    /// <param name="work">Is given what to call with each further count of bytes done, from any thread.</param>
    public async Task<T> MeterAsync<T>(string title, long totalBytes, Func<Action<long>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        if (!console.Profile.Out.IsTerminal)
        {
            return await work(static _ => { });
        }

        ProgressColumn[] columns =
            [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(), new RemainingTimeColumn()];
        return await console.Progress().AutoClear(true).Columns(columns).StartAsync(progress =>
        {
            var bar = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(totalBytes, 1));
            return work(bytes => bar.Increment(bytes));
        });
    }
}
