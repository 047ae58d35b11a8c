using System.Text.Json;
using Vbs.Identity;
using Vbs.Restores;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http;

/// <summary>A request that has passed every check which does not depend on what it wants: whoever gets one may trust it.</summary>
/// <param name="Caller">Who asks; the project in the path is theirs.</param>
/// <param name="Version">The version of the API they speak.</param>
/// <param name="RequestId">The id that the answer carries.</param>
/// <param name="BaseUrl">Scheme and authority under which they reached us, without a slash at the end.</param>
/// <param name="Json">The body; undefined for a call that takes none.</param>
/// <param name="FaultForm">The form in which they are told no.</param>
/// <param name="Cancelled">Fires when they are gone, or have waited long enough.</param>
internal sealed record Call(
    Caller Caller,
    ApiVersion Version,
    string RequestId,
    string BaseUrl,
    JsonElement Json,
    FaultForm FaultForm,
    CancellationToken Cancelled)
{
    /// <summary>The project of the path and of the token.</summary>
    public ProjectId ProjectId => Caller.ProjectId;

    /// <summary>Says no, in the form that the client wants.</summary>
    public Answer Refuse(Fault fault) => FaultAnswer.Of(fault, FaultForm);
}
