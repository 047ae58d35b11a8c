using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Vbs.Tests;

public sealed partial class ArchitectureTests
{
    private static readonly string Library = Path.GetFullPath(Path.Combine(Here(), "../../src/Vbs"));

    [Theory]
    [InlineData("Restores")]
    [InlineData("Backups", "Restores")]
    [InlineData("Volumes", "Restores")]
    [InlineData("Catalog", "Restores")]
    [InlineData("Identity", "Restores")]
    [InlineData("Configuration", "Restores")]
    [InlineData("Health")]
    [InlineData("Telemetry", "Restores")]
    public void A_room_uses_only_the_rooms_below_it(string room, params string[] below)
    {
        var wrong = Names(room).Where(used => used.Room != room && !below.Contains(used.Room));

        Assert.Empty(wrong.Select(used => $"{used.File} uses {used.Room}"));
    }

    [Fact]
    public void The_domain_uses_the_base_library_only()
    {
        var foreign = Sources("Restores").SelectMany(
            file => Using().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value),
            (file, name) => (File: Path.GetFileName(file), Name: name));

        Assert.DoesNotContain(foreign, used => used.Name.Split('.')[0] is not ("System" or "Vbs"));
    }

    [Fact]
    public void Each_folder_is_a_known_room() => Assert.Equal(
        ["Backups", "Catalog", "Configuration", "Health", "Identity", "Restores", "Telemetry", "Volumes"],
        Directory.EnumerateDirectories(Library).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order());

    // A room named in full in place counts like one named in a using line.
    private static IEnumerable<(string File, string Room)> Names(string room) => Sources(room).SelectMany(
        file => RoomName().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value),
        (file, used) => (Path.GetFileName(file), used));

    private static string[] Sources(string room)
    {
        var files = Directory.GetFiles(Path.Combine(Library, room), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\bVbs\.(?<room>Backups|Catalog|Configuration|Health|Identity|Restores|Telemetry|Volumes)\b")]
    private static partial Regex RoomName();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
