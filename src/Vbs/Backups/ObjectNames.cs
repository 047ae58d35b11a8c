using System.Buffers;
using System.Globalization;
using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Names of a backup's blobs: <c>container/prefix_metadata</c>, <c>container/prefix_sha256file</c>,
/// <c>container/prefix-00001</c> and so on (cinder/backup/chunkeddriver.py, <c>_metadata_filename</c>, <c>_backup_chunk</c>).</summary>
public static class ObjectNames
{
    /// <summary>Azure allows 1,024 characters in a blob's name; this leaves room for the numbers.</summary>
    private const int MaxStemLength = 1_000;

    /// <summary>Printable ASCII but the backslash, which a URI turns into a slash.</summary>
    private static readonly SearchValues<char> Legal = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter != '\\')]);

    /// <summary>The blob that lists the backup's objects.</summary>
    public static string Metadata(Backup backup) => Stem(backup) + "_metadata";

    /// <summary>The blob that holds the digests of the backup's blocks.</summary>
    public static string Sha256File(Backup backup) => Stem(backup) + "_sha256file";

    /// <summary>The blob of a chunk object.</summary>
    /// <param name="backup">Whose object.</param>
    /// <param name="number">Its number, 1 or more.</param>
    public static string Chunk(Backup backup, int number) => $"{Stem(backup)}-{Digits(number)}";

    /// <summary>Start of the names of all the backup's blobs, and of no other's: it ends with the backup's id.</summary>
    public static string Stem(Backup backup) => $"{backup.Container}/{backup.ObjectPrefix}";

    /// <summary>Reads the number of a chunk object from what follows the prefix, such as <c>-00001</c>; false when Cinder would not write it so.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> suffix, out int number)
    {
        number = 0;
        return suffix is ['-', .. var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0
            && digits.SequenceEqual(Digits(number));
    }

    /// <summary>Whether container and prefix are a path inside the backup container: no empty segment, none of dots alone
    /// (a URI would resolve it, and lead to another project's objects), printable ASCII without a backslash.</summary>
    public static bool AreSafe(string container, string objectPrefix)
    {
        var stem = $"{container}/{objectPrefix}";
        return stem.Length <= MaxStemLength
            && !stem.AsSpan().ContainsAnyExcept(Legal)
            && stem.Split('/').All(segment => segment.AsSpan().Trim('.').Length > 0);
    }

    private static string Digits(int number) => number.ToString("D5", CultureInfo.InvariantCulture);
}
