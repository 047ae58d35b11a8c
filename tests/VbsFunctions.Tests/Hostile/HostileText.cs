using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Texts that mean something to somebody on the way: to a path, a query, a table key, a format string, a log, a shell.</summary>
internal static class HostileText
{
    /// <summary>Stands for half of a surrogate pair where a text can hold none: JSON can, as an escape.</summary>
    public const char HalfSurrogate = '\ue0aa';

    private const int LongestEncoded = 3000;

    private static readonly string[] Meaningful =
    [
        "", " ", ".", "..", "../../etc/passwd", "/", "\\", "#", "?", "%", "%2f", "%00", "&", ";", "'", "\"", "`", "<", ">", "|", "*", "~", "$(id)", "${jndi:x}", "{0}",
        "{id}", "%s%n", "' or '1' eq '1", "a'b", "\0", "\t", "\r\nX-Injected: yes", "\n00:00:00 error: forged (Log)", "\u2028", "\u0085", "\u001b[31m",
        "\u202e", "\ufeff", "\ufffe", "\ud7ff", "é", "e\u0301", "ß", "ı", "日本", "😀", "👩‍👩‍👧", "null", "None", "true", "NaN", "-1", "0", "1e999", "0x10", "９",
        "9223372036854775808", "undefined", "[]", "{}", "__proto__", "constructor", "CON", "backup|x", "intent", "restore|", "2026-11-24T00:00:00Z", "a/b\\c#d?e\nf", "a\0b", "\ue0aa", "a\ue0aab",
    ];

    /// <summary>Any of them, or letters at random, or a lot of one.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (6, Gen.Elements(Meaningful)),
        (2, Joined(Gen.Elements(Meaningful), 3)),
        (2, Joined(Scalar(), 12)),
        (1, from letter in Gen.Elements("a", "'", "/", "é", "😀", "\n")
            from length in Gen.Elements(63, 64, 255, 256, 1024, 10_240)
            select string.Concat(Enumerable.Repeat(letter, length))));

    /// <summary>Percent-encoded for a target: wholly, as URIs demand, or in one of the odd ways.</summary>
    public static Gen<string> Encoded { get; } = Gen.Frequency(
        (6, from text in Any select Encode(text)),
        (1, from text in Any select Encode(Encode(text))),
        (3, Gen.Elements(
            "%2e%2e", "%2E", "..%2f", "%5c..%5c", "%c0%ae", "%ff", "%e2%82", "%u002f", "%", "%2", "%zz", "%0d%0aX-Injected:%20yes", "a;b=c", "a:b", "a,b", "*", "(x)", "'", "$filter", "+", "%20", "%2B")));

    private static Gen<string> Joined(Gen<string> part, int most) =>
        from count in Gen.Choose(1, most)
        from parts in part.ArrayOf(count)
        select string.Concat(parts);

    private static Gen<string> Scalar() =>
        from value in Gen.Frequency((5, Gen.Choose(0x20, 0x7e)), (2, Gen.Choose(0, 0xff)), (2, Gen.Choose(0x100, 0xd7ff)), (1, Gen.Choose(0xe000, 0x10ffff)))
        select new Rune(value).ToString();

    // A NUL in a path is refused by the server itself, and a target has to fit into its 8 KiB.
    private static string Encode(string text)
    {
        var encoded = Uri.EscapeDataString(text.Replace("\0", "", StringComparison.Ordinal));
        return encoded.Length > LongestEncoded ? encoded[..LongestEncoded] : encoded;
    }
}
