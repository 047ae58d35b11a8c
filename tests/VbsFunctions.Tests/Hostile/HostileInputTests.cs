using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.FSharp.Core;
using Testing.Proxy;
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
        await PutObjectsAsync();
        var (seen, reached, asked) = (new ConcurrentDictionary<string, int>(), new Reached(), new ConcurrentBag<string>());
        using var client = new RawClient(app.BaseUrl);
        using var watched = app.BlobProxy.Disturb(request => Watch(asked, request), Disturbances.Refuse);

        var config = Config.QuickThrowOnFailure.WithMaxTest(Requests)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed()), FSharpOption<int>.None)))
            .WithParallelRunConfig(FSharpOption<ParallelRunConfig>.Some(new ParallelRunConfig(AtOnce)));
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(Requested(), request => request.Simpler()), request =>
            CheckAsync(client, request, seen, reached).GetAwaiter().GetResult())), Stop);

        Assert.Equal(before, await Snapshot.OfAsync(app.Table, Kept));
        AssertLog(logged);
        AssertObjectsOf(asked);
        Action<string> print = TestContext.Current.TestOutputHelper!.WriteLine;
        print(string.Join(", ", seen.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));
        reached.Assert(print);
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
        from headers in HostileHeaders.Of(route.Template, [.. roles.Select(role => $"{caller}:{role}")])
        from body in method == "POST" ? HostileBodies.For(route.Template) : Gen.Frequency((9, Gen.Constant<byte[]?>(null)), (1, HostileBodies.For(route.Template)))
        from chunked in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new HostileRequest($"{route.Method} {route.Template}", method, target, headers, body, chunked);

    private static async Task CheckAsync(RawClient client, HostileRequest request, ConcurrentDictionary<string, int> seen, Reached reached)
    {
        var answer = await client.AskAsync(request, Stop);
        seen.AddOrUpdate($"{answer.Status}", 1, (_, count) => count + 1);
        reached.Add(request, answer);
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
                "",
                "POST",
                $"/v2/{project}/backups/{GivenRows.BackupId}/restore",
                [("X-Auth-Token", $"{project}:member"), ("Content-Type", "application/json")],
                System.Text.Encoding.UTF8.GetBytes(body),
                Chunked: false),
            Stop);
        Assert.Equal(202, answer.Status);
    }

    // Two objects, so that one record can be imported.
    private async Task PutObjectsAsync()
    {
        await app.Backups.CreateIfNotExistsAsync(cancellationToken: Stop);
        await app.Backups.GetBlobClient($"{HostileRecords.Stem}_metadata").UploadAsync(BinaryData.Empty, overwrite: true, Stop);
        await app.Backups.GetBlobClient($"{HostileRecords.Stem}_sha256file").UploadAsync(BinaryData.Empty, overwrite: true, Stop);
    }

    private static bool Watch(ConcurrentBag<string> asked, HttpRequest request)
    {
        asked.Add(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return false;
    }

    // An import asks for two objects: in the container of backups, under a path that is what it looks like; what a URI would read as more is encoded.
    private void AssertObjectsOf(IEnumerable<string> asked) => Assert.All(
        asked.Where(target => target.Contains("_metadata", StringComparison.Ordinal) || target.Contains("_sha256file", StringComparison.Ordinal)),
        target => Assert.Matches($@"\A{Regex.Escape(app.Backups.Uri.AbsolutePath)}(/(?!\.*/)([^%/\\?#\x00-\x20]|%(?!2F|5C|7F)[2-7][0-9A-F])+)+\z", target));

    private Task GivenAsync(ProjectId project) => new GivenRows(new GivenBackup(), new GivenVolume(), null, null)
        .AddAsync(app.Table, app.Scratch(), project, ContractCase.Job(project.ToString()));
}
