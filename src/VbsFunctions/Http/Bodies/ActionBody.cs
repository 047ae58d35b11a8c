using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Bodies;

/// <summary>The body of an action call: its one key is the action (cinder/api/openstack/wsgi.py, <c>action_peek_json</c>).</summary>
internal static class ActionBody
{
    /// <summary>The only action that is offered.</summary>
    public const string ResetStatus = "os-reset_status";

    /// <summary>What stands under <see cref="ResetStatus"/>. Or a fault: 400 when there is not one key or no such action, 501 when Cinder has
    /// the action and this service does not offer it.</summary>
    /// <param name="json">The whole body.</param>
    /// <param name="notOffered">The actions of Cinder that are not offered.</param>
    public static (JsonElement Argument, Fault? Fault) Read(JsonElement json, params ReadOnlySpan<string> notOffered)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 1)
        {
            return (default, Fault.MalformedBody);
        }

        var action = json.EnumerateObject().First();
        return action.Name == ResetStatus
            ? (action.Value, null)
            : (default, notOffered.Contains(action.Name)
                ? new(StatusCodes.Status501NotImplemented, $"{action.Name} is not offered by this service: its only action is {ResetStatus}.")
                : new(
                    StatusCodes.Status400BadRequest,
                    $"There is no such action: {action.Name}. Verify the request body and Content-Type header and try again."));
    }
}
