namespace VbsTool.Demo;

/// <summary>Text that a POSIX shell reads as one word.</summary>
internal static class ShellText
{
    /// <summary>Quotes a text, whatever it holds.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
