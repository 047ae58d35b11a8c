namespace VbsTool;

/// <summary>A copy of the real backups, to be spoilt.</summary>
internal sealed class FolderCopy : IDisposable
{
    public FolderCopy()
    {
        foreach (var file in Directory.EnumerateFiles(ToolRun.RealBackups, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(ToolRun.RealBackups, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("vbs-").FullName;

    public string Records => System.IO.Path.Combine(Path, "records.json");

    /// <summary>The one file below <c>objects</c> whose path holds a text and ends with another.</summary>
    public string Find(string part, string end) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, "objects"), "*", SearchOption.AllDirectories)
            .Single(file => file.Contains(part, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Replaces a text in a file.</summary>
    public static void Replace(string file, string text, string by)
    {
        var content = File.ReadAllText(file);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(file, content.Replace(text, by, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
