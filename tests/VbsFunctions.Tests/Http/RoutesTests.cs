using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VbsFunctions.Http;

namespace VbsFunctions.Tests.Http;

public sealed class RoutesTests
{
    [Fact]
    public void The_table_and_the_triggers_say_the_same()
    {
        var routes =
            from trigger in Triggers()
            where trigger.Http.Route != Routes.Any
            from verb in trigger.Http.Methods ?? []
            select (trigger.Http.Route!, verb.ToUpperInvariant());

        // No trigger may have the root's route: the one for any path serves it.
        Assert.Equal(Routes.All.Where(route => route.Template.Length > 0).Order(), routes.Order());
    }

    [Fact]
    public void A_function_comes_by_name_before_any_other_that_takes_its_path() => Assert.All(
        from trigger in Triggers()
        from verb in trigger.Http.Methods ?? []
        select (trigger.Name, Route: trigger.Http.Route!, Verb: verb),
        function =>
        {
            var path = "/" + function.Route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            var first = Triggers()
                .Where(other => other.Http.Methods?.Contains(function.Verb) is true && Routes.Matches(other.Http.Route!, path))
                .MinBy(other => other.Name, StringComparer.OrdinalIgnoreCase);
            Assert.Equal(function.Name, first.Name);
        });

    [Fact]
    public void What_is_not_offered_is_not_offered() => Assert.Empty(NotOffered.All.Intersect(Routes.All));

    [Fact]
    public void A_call_that_is_not_offered_is_said_to_be_nothing_else() => Assert.All(NotOffered.All, call =>
    {
        var path = "/" + call.Template.Replace('{', 'x').Replace('}', 'x');
        Assert.NotNull(NotOffered.Find(call.Method, path));
        Assert.Null(NotOffered.Find("PATCH", path));
    });

    [Fact]
    public void The_function_for_any_path_is_the_last_by_name() =>
        Assert.Equal(Routes.Any, Triggers().MaxBy(trigger => trigger.Name, StringComparer.OrdinalIgnoreCase).Http.Route);

    [Theory]
    [InlineData("/v2/p/backups/b/restore", "POST")]
    [InlineData("/V3/P/Backups/B/RESTORE/", "POST")]
    [InlineData("/v2/p/backups/b", "GET")]
    [InlineData("/v3/p/volumes/v/", "GET, DELETE")]
    [InlineData("/v3/p/volumes", "GET, POST")]
    [InlineData("/v1/p/jobs/j", "GET")]
    [InlineData("/v1/p/backups/b", null)]
    [InlineData("/v2/p/jobs/j", null)]
    [InlineData("/v2/p/backups/", "GET")]
    [InlineData("/v2/p/backups/detail", "GET")]
    [InlineData("/v2//backups/b", null)]
    [InlineData("/v2/p/backups/b/restore/x", null)]
    [InlineData("/v2/", "GET, HEAD")]
    [InlineData("/v3", "GET, HEAD")]
    [InlineData("/v1", null)]
    [InlineData("/", "GET, HEAD")]
    [InlineData("", "GET, HEAD")]
    public void A_known_path_allows_its_methods(string path, string? allow) => Assert.Equal(allow, Routes.Allow(path));

    private static IEnumerable<(string Name, HttpTriggerAttribute Http)> Triggers() =>
        from type in typeof(Routes).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger);
}
