namespace Moderato.Benchmarks.Serving;

/// <summary>
/// What <c>wrk</c> sends: a script in Lua in which each request is another content. With a rate (<c>WAIT</c>), every connection waits between its requests
/// (<c>delay()</c>, exponential), so that all together ask that often: latency under a load that the server can bear.
/// </summary>
internal sealed record Load(string Path, string Script)
{
    private const string Opening =
        """
        local first, batch, key
        local threads = 0
        function setup(t) t:set("number", threads) threads = threads + 1 end
        function init(args)
          first, batch, key = args[1], tonumber(args[2]), args[3]
          math.randomseed(os.time() + number)
          wrk.headers["Content-Type"] = "application/json"
          if key ~= nil then wrk.headers["Authorization"] = "Bearer " .. key end
        end
        local count = 0

        """;

    private const string Sentences =
        """
        local openings = {"thanks for the help with the map yesterday", "does anyone know when the next round starts", "we lost the match but it was a good evening",
          "the new update made the menu much faster", "I will be home around seven and then we can play", "my sister liked the story that you wrote",
          "where did you find the blue key in this level", "the photo from the lake turned out really well"}
        local endings = {"see you all tomorrow", "let me know what you think", "that would be great", "no hurry at all", "it works on my machine now",
          "I have to go in ten minutes", "good luck with the exam", "same time as last week"}
        local function text() return openings[math.random(#openings)] .. ", " .. endings[math.random(#endings)] .. " " .. count end

        """;

    private const string Requests =
        """

        function request()
          if batch == 1 and one ~= nil then return wrk.format("POST", nil, nil, '{"' .. one .. '":' .. item() .. '}') end
          local all = {}
          for i = 1, batch do all[i] = item() end
          return wrk.format("POST", nil, nil, '{"' .. many .. '":[' .. table.concat(all, ",") .. ']}')
        end
        if WAIT then function delay() return math.floor(-math.log(1 - math.random()) * WAIT) end end
        """;

    /// <summary>Sentences of which about one in ten goes to a person, as in the log of a platform; ids ascend.</summary>
    public static Load Decide { get; } = new("/v1/decisions", Opening + Sentences + """
        local one, many = "content", "contents"
        local function item()
          count = count + 1
          return string.format('{"id":"%s-%d-%d","text":"%s","author":"a%d","surface":"chat"}', first, number, count, text(), count % 1000)
        end
        """ + Requests);

    /// <summary>The same under ids in no order and by 100,000 authors: a page of the index of ids for nearly each.</summary>
    public static Load DecideAnywhere { get; } = new("/v1/decisions", Opening + Sentences + """
        local one, many = "content", "contents"
        local function item()
          count = count + 1
          return string.format('{"id":"%08x-%s-%d-%d","text":"%s","author":"a%d","surface":"chat"}', math.random(0, 2147483647), first, number, count, text(), math.random(100000))
        end
        """ + Requests);

    /// <summary>Another system's decisions without texts, over the last days, under ids in no order.</summary>
    public static Load Record { get; } = new("/v1/decisions/record", Opening + """
        local one, many = nil, "decisions"
        local verdicts = {"safe", "safe", "safe", "safe", "safe", "safe", "safe", "safe", "safe", "borderline"}
        local languages = {"en", "en", "en", "de", "es"}
        local surfaces = {"chat", "comments", "names"}
        local from = os.time() - DAYS * 86400
        local function item()
          count = count + 1
          local score = math.random()
          return string.format('{"id":"%08x-%s-%d-%d","verdict":"%s","score":%.4f,"category":"toxicity","release":"their-llm-3","language":"%s","surface":"%s","author":"a%d","decided":"%s"}',
            math.random(0, 2147483647), first, number, count, verdicts[math.random(10)], score * score, languages[math.random(5)], surfaces[math.random(3)], math.random(100000),
            os.date("!%Y-%m-%dT%H:%M:%SZ", from + math.min(1, (BEFORE + count) / ROWS) * DAYS * 86400))
        end
        """ + Requests);

    /// <summary>The same where so many rows are there and so many are to be: their times ascend over the days.</summary>
    public Load Between(long before, long rows, double days) => this with { Script = FormattableString.Invariant($"BEFORE = {before}\nROWS = {rows}\nDAYS = {days}\n") + Script };
}
