using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Vbs.Telemetry;

namespace VbsFunctions.Tests.Telemetry;

/// <summary>docs/operations.md and the code say the same.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "operations.md"));

    [Fact]
    public void Every_setting_of_the_sample_stands_in_the_page_and_no_other()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.sample.json")));
        var keys = sample.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name);

        Assert.Equal(keys.Order(StringComparer.Ordinal), FirstColumn("Settings"));
    }

    [Fact]
    public void Every_metric_stands_in_the_page_with_its_unit_and_no_other()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var instruments = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    instruments.Add($"{instrument.Name}, {instrument.Unit}");
                    Assert.False(string.IsNullOrEmpty(instrument.Description));
                }
            },
        };
        listener.Start();

        _ = new RestoreMetrics(services.GetRequiredService<IMeterFactory>(), new UnfinishedRestores(TimeProvider.System));

        Assert.Equal(instruments.Order(StringComparer.Ordinal), Rows("Metrics").Select(row => $"{Code(row[0])}, {row[1].Split(", ")[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_line_of_the_log_has_an_id_of_its_own_and_stands_in_the_page()
    {
        var ids = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => LoggerMessage().Matches(File.ReadAllText(file)))
            .Select(match => (Id: match.Groups["id"].Value, Level: match.Groups["level"].Value))
            .ToList();

        Assert.Empty(ids.GroupBy(line => line.Id).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Equal(
            ids.Select(line => $"{line.Id} {line.Level}").Order(StringComparer.Ordinal),
            Rows("Log").Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> FirstColumn(string heading) => Rows(heading).Select(row => Code(row[0])).Order(StringComparer.Ordinal);

    /// <summary>The cells of every table row below a heading, up to the next of its level or above; without heads and rules.</summary>
    private static List<string[]> Rows(string heading)
    {
        var start = Regex.Match(Page, $@"^(?<level>#+) {heading}$", RegexOptions.Multiline);
        Assert.True(start.Success, $"There is no heading '{heading}'.");
        var end = Regex.Match(Page[(start.Index + start.Length)..], $"^#{{1,{start.Groups["level"].Length}}} ", RegexOptions.Multiline);
        var section = end.Success ? Page.Substring(start.Index + start.Length, end.Index) : Page[(start.Index + start.Length)..];
        return [.. section.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[0].StartsWith('`') || char.IsDigit(cells[0][0]))];
    }

    private static string Code(string cell) => cell.Trim('`');

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+), LogLevel\.(?<level>\w+)")]
    private static partial Regex LoggerMessage();
}
