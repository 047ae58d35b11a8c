using System.Globalization;
using System.Numerics;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Lists;

/// <summary><c>limit</c> and <c>offset</c> (cinder/api/common.py, get_pagination_params).</summary>
internal static class Paging
{
    /// <summary>The longest page, and the length of one when nothing is said: Cinder's osapi_max_limit.</summary>
    public const int MaxLimit = 1000;

    // As Python's int(): white space around it and a sign are taken.
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>How many at most, or a 400.</summary>
    public static (int Limit, Fault? Fault) ReadLimit(string? text)
    {
        if (text is null)
        {
            return (MaxLimit, null);
        }

        return BigInteger.TryParse(text, Integer, CultureInfo.InvariantCulture, out var limit)
            ? limit < 0 ? (0, ListRules.Fault("limit param must be positive")) : ((int)BigInteger.Min(limit, MaxLimit), null)
            : (0, ListRules.Fault("limit param must be an integer"));
    }

    /// <summary>How many to pass over, or a 400 (oslo.utils strutils, validate_integer, with Cinder's DB_MAX_INT).</summary>
    public static (int Offset, Fault? Fault) ReadOffset(string? text)
    {
        if (text is null)
        {
            return (0, null);
        }

        if (!BigInteger.TryParse(text, Integer, CultureInfo.InvariantCulture, out var offset))
        {
            return (0, ListRules.Fault("offset must be an integer"));
        }

        return offset < 0 ? (0, ListRules.Fault("offset must be >= 0"))
            : offset > int.MaxValue ? (0, ListRules.Fault($"offset must be <= {int.MaxValue.ToString(CultureInfo.InvariantCulture)}"))
            : ((int)offset, null);
    }
}
