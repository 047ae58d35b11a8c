using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra;

public sealed partial class TemplateTests(Templates templates)
{
    [Fact]
    public void No_key_is_asked_for() => Assert.DoesNotMatch(AnyListFunction(), templates.Arm.ToJsonString());

    [Theory]
    [InlineData("[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'x'), '2023-01-01').keys[0].value]")]
    [InlineData("[listAccountSas('x', '2023-01-01', createObject()).accountSasToken]")]
    public void A_key_that_is_asked_for_would_be_noticed(string expression) => Assert.Matches(AnyListFunction(), expression);

    [Fact]
    public void No_name_changes_from_one_deployment_to_the_next() => Assert.DoesNotMatch(AnythingNew(), templates.Arm.ToJsonString());

    [Fact]
    public void No_secret_comes_in_or_goes_out()
    {
        var types = Nodes("parameters").Concat(Nodes("outputs")).Select(node => (string)node.Value["type"]!);

        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, type => type.StartsWith("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Each_parameter_says_whether_it_is_required()
    {
        foreach (var (name, parameter) in Nodes("parameters"))
        {
            var description = (string?)parameter["metadata"]?["description"] ?? "";
            Assert.True(
                description.StartsWith(parameter["defaultValue"] is null ? "Required. " : "Optional. ", StringComparison.Ordinal),
                $"{name}: {description}");
        }
    }

    [Fact]
    public void Each_output_is_described() =>
        Assert.All(Nodes("outputs"), output => Assert.False(string.IsNullOrEmpty((string?)output.Value["metadata"]?["description"]), output.Name));

    [Fact]
    public void No_module_is_longer_than_a_screen_or_two() => Assert.All(
        Directory.GetFiles(Repository.PathOf("infra/modules")), file => Assert.InRange(File.ReadAllLines(file).Length, 1, 90));

    // A template's own and those of the templates nested in it.
    private IEnumerable<(string Name, JsonNode Value)> Nodes(string section) => Nodes(templates.Arm, section);

    private static IEnumerable<(string Name, JsonNode Value)> Nodes(JsonNode template, string section)
    {
        var own = template[section]?.AsObject().Select(node => (node.Key, node.Value!)) ?? [];
        // An object where resources have symbolic names, otherwise an array.
        var resources = (template["resources"] as JsonObject)?.Select(resource => resource.Value) ?? template["resources"]!.AsArray();
        return own.Concat(resources.Select(resource => (resource!["properties"] as JsonObject)?["template"]).OfType<JsonNode>().SelectMany(nested => Nodes(nested, section)));
    }

    [GeneratedRegex(@"\blist[A-Z]\w*\(")]
    private static partial Regex AnyListFunction();

    [GeneratedRegex(@"\b(?:utcNow|newGuid)\(")]
    private static partial Regex AnythingNew();
}
