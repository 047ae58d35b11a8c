namespace VbsTool.Import;

/// <summary>The files under <c>objects</c>, each of which one backup must take.</summary>
internal sealed class FolderFiles
{
    private readonly Dictionary<string, FolderObject> left = new(StringComparer.Ordinal);

    private FolderFiles()
    {
    }

    /// <summary>A file that nothing has taken, if any: the first by name.</summary>
    public FolderObject? FirstLeft => left.Values.MinBy(file => file.BlobName, StringComparer.Ordinal);

    /// <summary>Lists a folder and all below it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static FolderFiles Find(string folder)
    {
        var files = new FolderFiles();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            files.left.Add(name, new FolderObject(name, file.FullName, file.Length));
        }

        return files;
    }

    /// <summary>Takes a file by its blob's name, once.</summary>
    /// <exception cref="ToolException">It is not there, or it is taken.</exception>
    public FolderObject Take(string blobName) =>
        left.Remove(blobName, out var file) ? file : throw new ToolException($"Object '{blobName}' is not in the folder, or is named twice.");
}
