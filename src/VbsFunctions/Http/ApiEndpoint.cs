using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vbs.Catalog.Rows;
using Vbs.Identity;
using Vbs.Telemetry;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http;

/// <summary>The one edge that every HTTP function goes through.</summary>
/// <remarks><list type="number">
/// <item>A fresh request id, on the answer whatever becomes of it; the client's own is not taken (oslo.middleware request_id.py).</item>
/// <item>Checks that do not depend on the call, in the documented order: body size, token, route, microversion, media types, JSON, project.</item>
/// <item>The use case, which answers or refuses, within <see cref="Patience"/>: what it has begun then is settled by the sweep.</item>
/// <item>What it throws becomes 502, 503, 504 or 500, logged once with the request id; nothing escapes to the host, whose 500 is empty.</item>
/// </list>It does not promise an answer to a client that is gone.</remarks>
public sealed class ApiEndpoint
{
    /// <summary>How long an admitted caller waits at most. 25 s is our choice: two attempts of the table client may stall and a third
    /// succeed (<c>StorageClients</c>). The front end of Azure gives up after 230 s (Functions scale and hosting, "time-out duration").</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly Admission admission;
    private readonly TimeProvider time;
    private readonly Func<Guid> newId;
    private readonly RestoreMetrics metrics;
    private readonly ILogger<ApiEndpoint> log;

    internal ApiEndpoint(CheckToken checkToken, string? keystone, Func<Guid> newId, TimeProvider time, RestoreMetrics metrics, ILogger<ApiEndpoint> log)
    {
        admission = new Admission(new BodyReader(time), checkToken, keystone);
        this.time = time;
        this.newId = newId;
        this.metrics = metrics;
        this.log = log;
    }

    /// <summary>Answers a call that takes no body; one that is sent is read and dropped.</summary>
    /// <param name="request">The request.</param>
    /// <param name="projectId">The project in its path.</param>
    /// <param name="use">The use case.</param>
    internal Task<IResult> AnswerAsync(HttpRequest request, string projectId, Func<Call, Task<Answer>> use) =>
        GuardAsync(request, (requestId, caller, _, ct) => UseAsync(CallReader.Read(request, requestId, caller, projectId, body: null, ct), use));

    /// <summary>Answers a call whose body is JSON.</summary>
    /// <inheritdoc cref="AnswerAsync"/>
    internal Task<IResult> AnswerJsonAsync(HttpRequest request, string projectId, Func<Call, Task<Answer>> use) =>
        GuardAsync(request, (requestId, caller, body, ct) => UseAsync(CallReader.Read(request, requestId, caller, projectId, body, ct), use));

    /// <summary>Answers anybody, with or without a token: what must be known before there can be one.</summary>
    /// <param name="request">The request; its body is not looked at.</param>
    /// <param name="answer">Makes the answer of scheme and authority under which the client reached us.</param>
    internal IResult AnswerAnyone(HttpRequest request, Func<string, Answer> answer)
    {
        CommonHeaders.Write(request.HttpContext, $"req-{newId()}");
        return answer(CommonHeaders.BaseUrl(request));
    }

    /// <summary>Answers what no other function takes: 501 when VBS or Cinder documents the call, 405 when the path is known, otherwise 404;
    /// before that, 401 like any other call.</summary>
    internal Task<IResult> RefuseAsync(HttpRequest request) =>
        GuardAsync(request, (_, _, _, _) => Task.FromResult<(Answer?, Fault?)>((null, Refusal(request.Method, request.Path))));

    private static Fault Refusal(string method, string path) => (NotOffered.Find(method, path), Routes.Allow(path)) switch
    {
        ({ } call, _) => Fault.NotOffered(call),
        (_, { } allow) => Fault.MethodNotAllowed(method, allow),
        _ => Fault.NoSuchRoute,
    };

    private static async Task<(Answer? Answer, Fault? Fault)> UseAsync((Call? Call, Fault? Fault) read, Func<Call, Task<Answer>> use) =>
        read.Call is null ? (null, read.Fault) : (await use(read.Call), null);

    [SuppressMessage("Design", "CA1031", Justification = "The process edge: what escapes here is an empty 500 of the host.")]
    private async Task<IResult> GuardAsync(
        HttpRequest request, Func<string, Caller, ReadOnlyMemory<byte>, CancellationToken, Task<(Answer? Answer, Fault? Fault)>> answerAsync)
    {
        var requestId = $"req-{newId()}";
        Activity.Current?.SetTag(TelemetryNames.RequestId, requestId);
        CommonHeaders.Write(request.HttpContext, requestId);
        try
        {
            var (body, caller, refused) = await admission.AdmitAsync(request);
            using var late = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, request.HttpContext.RequestAborted);
            var (answer, fault) = caller is null ? (null, refused) : await answerAsync(requestId, caller, body, either.Token);
            answer ??= Write(request, fault!);
            Count(answer);
            return answer;
        }
        catch (Exception e) when (request.HttpContext.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception e)
        {
            var fault = FaultOf(e);
            Log(e, fault, requestId);
            var answer = Write(request, fault);
            Count(answer);
            return answer;
        }
    }

    private static Answer Write(HttpRequest request, Fault fault) => FaultAnswer.Of(fault, FaultForms.Of(request));

    private static Fault FaultOf(Exception thrown) => thrown switch
    {
        RequestFailedException failure => StorageFaults.Of(failure),
        AggregateException { InnerExceptions: [.., var last] } => FaultOf(last), // Azure.Core, when it gives up: one for each try.
        OperationCanceledException or TimeoutException => Fault.GatewayTimeout, // A try of Azure.Core, or all of it, took too long.
        UnreadableRowException => Fault.BadGateway,
        _ => Fault.Unforeseen,
    };

    private void Count(Answer answer)
    {
        Activity.Current?.SetTag(TelemetryNames.HttpStatus, answer.Status);
        if (answer.Status >= StatusCodes.Status400BadRequest)
        {
            metrics.Refused(answer.Status, answer.ErrorCode);
        }
    }

    private void Log(Exception thrown, Fault fault, string requestId)
    {
        if (fault == Fault.Unforeseen)
        {
            log.Unforeseen(thrown, requestId);
        }
        else
        {
            log.StorageFailed(thrown, requestId, fault.Status);
        }
    }
}
