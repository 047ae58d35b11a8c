using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using Microsoft.FSharp.Core;
using Vbs.Restores;
using VbsFunctions.Http;
using VbsFunctions.Tests.Contract;
using VbsFunctions.Tests.Wire;

namespace VbsFunctions.Tests.Hostile;

/// <summary>Thousands of requests that are legal HTTP and meant badly, at every route there is. A run prints its seed; <c>HOSTILE_SEED</c> repeats it.</summary>
[Collection(nameof(RunningAppGroup))]
public sealed class HostileInputTests(RunningApp app)
{
    private const int Requests = 20_000;
    private const int OneByOne = 300;
    private const int AtOnce = 8;

    // Nothing of these in a body means nothing of our inside: stack traces name methods, exceptions name types.
    private static readonly string[] Inside = ["   at ", "System.", "Microsoft.", "Azure.", "Vbs.", "VbsFunctions", "Exception", ".cs:line"];

    private static readonly ProjectId Kept = ContractCase.Project("hostile, must not change");
    private static readonly ProjectId Open = ContractCase.Project("hostile, may change");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_has_its_answer_in_form_and_none_of_what_is_refused_changes_anything()
    {
        await GivenAsync(Kept);
        await GivenAsync(Open);
        var (before, logged) = (await Snapshot.OfAsync(app.Table, Kept), app.Log.Lines.Count);
        using var client = new RawClient(app.BaseUrl);
        var seen = new ConcurrentDictionary<string, int>();

        var config = Config.QuickThrowOnFailure.WithMaxTest(Requests)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed()), FSharpOption<int>.None)))
            .WithParallelRunConfig(FSharpOption<ParallelRunConfig>.Some(new ParallelRunConfig(AtOnce)));
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(Requested(), request => request.Simpler()), request =>
            CheckAsync(client, request, seen).GetAwaiter().GetResult())), Stop);

        Assert.Equal(before, await Snapshot.OfAsync(app.Table, Kept));
        AssertLog(logged);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", seen.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));
        await StillRestoresAsync();
    }

    [Fact]
    public async Task What_is_refused_to_a_member_changes_nothing_either()
    {
        using var client = new RawClient(app.BaseUrl);
        var project = Open;
        var number = 0;
        foreach (var request in Requested(Open, "member", "admin").Sample(50, new Rnd(Seed()), OneByOne))
        {
            if (number == 0 || project == Open)
            {
                project = ContractCase.Project($"hostile, one by one {number++}");
                await GivenAsync(project);
            }

            var before = await Snapshot.OfAsync(app.Table, project);
            var answer = await client.AskAsync(request.For(Open, project), Stop);
            if (answer.Status >= 400)
            {
                Assert.Equal(before, await Snapshot.OfAsync(app.Table, project));
            }
            else
            {
                project = Open;
            }
        }
    }

    private static ulong Seed()
    {
        var given = Environment.GetEnvironmentVariable("HOSTILE_SEED");
        var seed = given is null ? (ulong)Random.Shared.NextInt64() : ulong.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"HOSTILE_SEED={seed}"));
        return seed;
    }

    // Whoever may only read is refused every change; a stranger's token is refused everything.
    private static Gen<HostileRequest> Requested() => Gen.Frequency(
        (3, Requested(Kept, "reader", "none")),
        (1, Requested(Kept, Open, "member")),
        (4, Requested(Open, "member", "admin")));

    private static Gen<HostileRequest> Requested(ProjectId project, params string[] roles) => Requested(project, project, roles);

    private static Gen<HostileRequest> Requested(ProjectId project, ProjectId caller, params string[] roles) =>
        from route in Gen.Elements(Routes.All.ToArray())
        from target in HostileTargets.Of(route.Template, project.ToString())
        from method in Gen.Frequency((9, Gen.Constant(route.Method)), (1, Gen.Elements("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE")))
        from headers in HostileHeaders.Of([.. roles.Select(role => $"{caller}:{role}")])
        from body in method == "POST" ? HostileBodies.For(route.Template) : Gen.Frequency((9, Gen.Constant<byte[]?>(null)), (1, HostileBodies.For(route.Template)))
        from chunked in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new HostileRequest(method, target, headers, body, chunked);

    private static async Task CheckAsync(RawClient client, HostileRequest request, ConcurrentDictionary<string, int> seen)
    {
        var answer = await client.AskAsync(request, Stop);
        seen.AddOrUpdate($"{answer.Status}", 1, (_, count) => count + 1);
        if (request.MayBeginEmpty && answer is { Status: 404, Body: [] })
        {
            return;
        }

        Assert.True(answer.Status is 501 or < 500, $"{answer.Status}");
        EveryAnswer.Check(request.Target, answer, request.IsAnsweredWithBody);
        Assert.DoesNotContain(Inside, inside => answer.Text.Contains(inside, StringComparison.Ordinal));
        Assert.True(client.TryAddRequestId(answer.Header("x-openstack-request-id")!), "A request id came twice.");
    }

    // An entry that begins a new line could be taken for an entry of its own.
    private void AssertLog(int from) => Assert.All(app.Log.Lines.Skip(from), line =>
    {
        Assert.Equal(line.Text, line.Text.ReplaceLineEndings(" "));
        Assert.True(line.Level < LogLevel.Error, line.Text);
    });

    private async Task StillRestoresAsync()
    {
        var project = ContractCase.Project("after the hostile");
        await GivenAsync(project);
        using var client = new RawClient(app.BaseUrl);
        var body = $$$"""{"restore":{"volume_id":"{{{GivenRows.VolumeId}}}"}}""";
        var answer = await client.AskAsync(
            new HostileRequest(
                "POST",
                $"/v2/{project}/backups/{GivenRows.BackupId}/restore",
                [("X-Auth-Token", $"{project}:member"), ("Content-Type", "application/json")],
                System.Text.Encoding.UTF8.GetBytes(body),
                Chunked: false),
            Stop);
        Assert.Equal(202, answer.Status);
    }

    private Task GivenAsync(ProjectId project) => new GivenRows(new GivenBackup(), new GivenVolume(), null, null)
        .AddAsync(app.Table, app.Scratch(), project, ContractCase.Job(project.ToString()));
}
