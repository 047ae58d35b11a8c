namespace VbsFunctions.Http.Bodies;

/// <summary>Booleans as OpenStack takes them, in a query or a body (oslo.utils strutils, TRUE_STRINGS and FALSE_STRINGS), in any case.</summary>
internal static class BooleanText
{
    private static readonly string[] True = ["1", "t", "true", "on", "y", "yes"];
    private static readonly string[] False = ["0", "f", "false", "off", "n", "no"];

    /// <summary>Reads one; null when it is none.</summary>
    public static bool? Read(string text) =>
        True.Contains(text, StringComparer.OrdinalIgnoreCase) ? true
        : False.Contains(text, StringComparer.OrdinalIgnoreCase) ? false
        : null;
}
