using Vbs.Benchmarks.Measuring;
using Vbs.Benchmarks.Serving;

namespace Vbs.Benchmarks.Accept;

/// <summary>Restores accepted by the running service: how many a second, how quickly, and what the storage is asked for each.</summary>
/// <remarks>Each call has a backup and a disk of its own. Beside it, on the same storage right after, the same storage requests
/// without a service: what is left to gain. Orchestrations held: their starts are stored, and their first step is never answered,
/// which is a cinder-backup that is stopped while its queue takes messages. Running, every accepted restore is also done, on the same
/// two cores: fewer calls tell as much. The emulator grows slower with its rows, of intents above all, which are in one partition: so calls
/// are few and rounds several. Every round has a storage and a process of its own, warmed up.</remarks>
internal static class AcceptBenchmark
{
    private const int Rounds = 5;
    private const int CountedCalls = 40;
    private static readonly int[] Clients = [1, 8, 32];
    private static readonly Effort Held = new("held", 400, clients => 200 + 10 * clients);
    private static readonly Effort Running = new("running", 50, clients => 50 + 5 * clients);

    /// <summary>Runs with each number of clients, or with the one that the first argument names.</summary>
    public static async Task RunAsync(IReadOnlyList<string> arguments, Report report, CancellationToken cancellationToken)
    {
        var clients = arguments is [var only, ..] ? [.. Clients.Where(count => $"{count}" == only)] : Clients;
        report.Note($"Storage requests for one accept, counted at the storage: {await CountAsync():0.00}");
        foreach (var effort in (Effort[])[Held, Running])
        {
            await MeasureAsync(effort, clients, report, cancellationToken);
        }
    }

    private static async Task MeasureAsync(Effort effort, int[] clients, Report report, CancellationToken cancellationToken)
    {
        var table = new Table(
            $"Restores accepted, orchestrations {effort.Name}",
            "clients", "accepts/s", "p50 ms", "p99 ms", "storage alone/s", "share %", "service CPU ms", "storage CPU ms", "storage alone CPU ms");
        foreach (var count in clients)
        {
            var (rounds, calls) = (new List<Round>(), effort.Calls(count));
            for (var round = 0; round < Rounds; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rounds.Add(await RoundAsync(effort, count, calls));
                report.Progress($"{effort.Name}, {count} clients: {rounds[^1].Service.PerSecond:0}/s of {rounds[^1].Bare.PerSecond:0}/s");
            }

            table.Add(
                count,
                Median(rounds, round => round.Service.PerSecond),
                Median(rounds, round => round.Service.P50),
                Median(rounds, round => round.Service.P99),
                Median(rounds, round => round.Bare.PerSecond),
                Median(rounds, round => 100 * round.Service.PerSecond / round.Bare.PerSecond),
                Median(rounds, round => round.ServiceCpu / calls),
                Median(rounds, round => round.StorageCpu / calls),
                Median(rounds, round => round.BareStorageCpu / calls));
        }

        report.Show(table);
    }

    private static async Task<double> CountAsync()
    {
        await using var installation = await Installation.StartAsync();
        var pairs = await installation.MakeAsync(CountedCalls + 1, content: null);
        await using var journal = new RequestTap(installation.Azurite.Ports.Table, RequestTap.Transaction);
        await using var catalog = new RequestTap(installation.Azurite.Ports.Table);
        await using var service = await RunningService.StartAsync(installation.ConnectionString(journal.Port), installation.ConnectionString(catalog.Port));
        using var client = new Client(service.Address);
        await client.AcceptAsync(pairs[^1]);
        var before = catalog.Requests;
        var heldBefore = journal.Requests - journal.Held;
        await Load.RunAsync(1, pairs[..CountedCalls], client.AcceptAsync);
        return (double)(catalog.Requests - before + journal.Requests - journal.Held - heldBefore) / CountedCalls;
    }

    private static async Task<Round> RoundAsync(Effort effort, int clients, int calls)
    {
        await using var installation = await Installation.StartAsync();
        var pairs = await installation.MakeAsync(calls + effort.WarmUpCalls, effort == Held ? null : StoredContent.Small());
        var bare = new BareAccept(installation.Tables);
        await bare.PrepareAsync(pairs);
        await using var journal = new RequestTap(installation.Azurite.Ports.Table, RequestTap.Transaction);
        await using var service = await RunningService.StartAsync(
            effort == Held ? installation.ConnectionString(journal.Port) : installation.Azurite.ConnectionString, installation.Azurite.ConnectionString);
        using var client = new Client(service.Address);
        await Load.RunAsync(clients, pairs[calls..], client.AcceptAsync);
        await Load.RunAsync(clients, pairs[calls..], bare.AcceptAsync);

        TimeSpan[] storage = [installation.Azurite.ProcessorTime, default, default];
        var cpu = service.ProcessorTime;
        var load = await Load.RunAsync(clients, pairs[..calls], client.AcceptAsync);
        (storage[1], cpu) = (installation.Azurite.ProcessorTime, service.ProcessorTime - cpu);
        await service.DisposeAsync();
        var resumed = installation.Azurite.ProcessorTime;
        var limit = await Load.RunAsync(clients, pairs[..calls], bare.AcceptAsync);
        storage[2] = installation.Azurite.ProcessorTime;
        return new Round(
            load, limit, cpu.TotalMilliseconds, (storage[1] - storage[0]).TotalMilliseconds, (storage[2] - resumed).TotalMilliseconds);
    }

    private static double Median(List<Round> rounds, Func<Round, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    /// <param name="Name">What becomes of the orchestrations.</param>
    /// <param name="WarmUpCalls">Calls that are not counted, first.</param>
    /// <param name="Calls">Calls that are, by the number of clients.</param>
    private sealed record Effort(string Name, int WarmUpCalls, Func<int, int> Calls);

    /// <param name="Service">What the service's clients saw.</param>
    /// <param name="Bare">What the storage alone would have let them see.</param>
    /// <param name="ServiceCpu">Milliseconds of CPU the service took for all calls.</param>
    /// <param name="StorageCpu">Milliseconds of CPU the storage took for them.</param>
    /// <param name="BareStorageCpu">Milliseconds of CPU the storage took for the bare requests.</param>
    private sealed record Round(Load Service, Load Bare, double ServiceCpu, double StorageCpu, double BareStorageCpu);
}
