using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra;

public sealed partial class AlertTests(Templates templates)
{
    [Fact]
    public void An_alert_looks_for_what_the_app_counts()
    {
        var sources = string.Concat(Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => file.Contains("Telemetry", StringComparison.Ordinal)).Select(File.ReadAllText));

        var names = Queries().SelectMany(query => Name().Matches(query)).Select(match => match.Value).ToHashSet();

        Assert.Contains("'vbs.restores.ended'", names);
        Assert.All(names, name => Assert.Contains($"\"{name.Trim('\'')}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void A_query_gives_the_one_number_that_its_rule_compares() => Assert.All(Queries(), query => Assert.Contains("summarize Value = ", query, StringComparison.Ordinal));

    [Fact]
    public void Each_alert_is_told_of_in_the_operations_manual()
    {
        var manual = File.ReadAllText(Repository.PathOf("docs/operations.md")).Replace("`", "", StringComparison.Ordinal);

        var titles = Rules().Select(rule => ((string)rule["displayName"]!).Replace("VBS: ", "", StringComparison.Ordinal)).Append("/health is not 200");

        Assert.All(titles, title => Assert.Contains($"| {title}", manual, StringComparison.Ordinal));
    }

    [Fact]
    public void Health_is_asked_at_the_path_that_the_app_answers_and_missed_when_two_places_miss_it()
    {
        var test = templates.Sample.Only("Microsoft.Insights/webtests");

        Assert.Contains("{0}/health", (string?)test["Request"]!["RequestUrl"], StringComparison.Ordinal);
        Assert.Equal(5, test["Locations"]!.AsArray().Count);
        Assert.Equal(2, (int)templates.Sample.Only("Microsoft.Insights/metricAlerts")["criteria"]!["failedLocationCount"]!);
    }

    private IEnumerable<string> Queries() => Rules().Select(rule => (string)rule["criteria"]!["allOf"]![0]!["query"]!);

    private IEnumerable<JsonNode> Rules() => templates.Sample.Of("Microsoft.Insights/scheduledQueryRules").Select(rule => rule["properties"]!);

    [GeneratedRegex(@"'vbs\.[a-z.]+'")]
    private static partial Regex Name();
}
