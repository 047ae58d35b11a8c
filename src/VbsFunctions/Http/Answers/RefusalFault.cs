using Microsoft.AspNetCore.Http;
using Vbs.Restores;

namespace VbsFunctions.Http.Answers;

/// <summary>The domain's refusals in the words of HTTP.</summary>
internal static class RefusalFault
{
    /// <summary>400, 403, 404 or 409, with the refusal's own sentence and code.</summary>
    public static Fault Of(Refusal refusal) => new(
        refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "No such kind of refusal."),
        },
        refusal.Message,
        refusal.Code);
}
