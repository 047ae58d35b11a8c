using System.Globalization;

namespace VbsFunctions.Http.Bodies;

/// <summary>A JSON number as Python prints it: whole numbers in full, others as the shortest text that reads back as the same double.</summary>
internal static class PythonNumber
{
    /// <summary><c>repr(json.loads(token))</c>.</summary>
    /// <param name="token">A number as it stands in the JSON text.</param>
    public static string Repr(string token) =>
        token.AsSpan().ContainsAny('.', 'e', 'E') ? Repr(double.Parse(token, CultureInfo.InvariantCulture)) : token == "-0" ? "0" : token;

    private static string Repr(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = shortest[0].IndexOf('.', StringComparison.Ordinal);
        var digits = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        var exponent = (point < 0 ? digits.Length : point) - 1 - (digits.Length - significant.Length);
        exponent += shortest.Length == 2 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0;
        return (value < 0 ? "-" : "") + Place(significant.TrimEnd('0'), exponent);
    }

    // Python writes an exponent below 1e-4 and from 1e16 on (float_repr_style 'short').
    private static string Place(string digits, int exponent)
    {
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return $"{whole[..(exponent + 1)]}.{(whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0")}";
    }
}
