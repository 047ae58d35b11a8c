using System.Reflection;
using System.Text.Json;
using Vbs.Configuration;

namespace VbsTool;

public sealed class SampleSettingsTests
{
    [Fact]
    public void Every_property_of_every_options_class_stands_in_the_sample()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        var keys = sample.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name).ToHashSet();

        var expected = Sections().SelectMany(section => Keys(section.Type, section.Name)).ToArray();

        Assert.Contains("Vbs:Storage:BackupContainer", expected);
        Assert.Contains("Vbs:Identity:StaticTokens:0:Roles", expected);
        Assert.Empty(expected.Except(keys));
        Assert.Empty(keys.Where(key => key.StartsWith("Vbs:", StringComparison.Ordinal)).Except(expected));
    }

    private static IEnumerable<(Type Type, string Name)> Sections() =>
        from type in typeof(StorageOptions).Assembly.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        where section is { IsLiteral: true }
        select (type, (string)section.GetRawConstantValue()!);

    private static IEnumerable<string> Keys(Type options, string section)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section}:{property.Name}";
            if (ElementOf(property.PropertyType) is { } element && element != typeof(string))
            {
                foreach (var inner in Keys(element, $"{key}:0"))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return key;
            }
        }
    }

    private static Type? ElementOf(Type type) => type == typeof(string)
        ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];
}
