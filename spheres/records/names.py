"""Which names are common here? Enough to recognise one when it is typed, whatever its capitals.

First names and family names of this country's French, English and newcomers' families, and places
around; drawn by hand, of nobody in particular. Without accents, in small letters.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = frozenset(
    """
    abdel adele adrien agathe ahmed aicha alain alex alexandra alexandre alexia alexis ali alice
    alicia aline alison alyssa amanda amelie amina amy ana anais andre andrea andree angel angela
    angelina angelique anna annabelle anne annie anouk anthony antoine ariane arianne arnaud arthur
    ashley aubrey audrey aurelie axelle aya beatrice benjamin benoit bernard bianca brandon brenda
    brianna brigitte brittany bruno camille carla carlos carmen carole caroline catherine cathy
    cedric celine chanel chantal charlene charles charlotte chelsea chloe christian christina
    christine christopher cindy claire clara clarissa claude claudia claudie clement coralie
    corinne courtney cynthia dalia daniel daniela danielle danny daphne david deborah denis denise
    diana diane dominique dylan edith edouard elena eliane elisabeth elise elizabeth ella ellie
    elodie eloise emile emilie emily emma emmanuelle emy enzo eric erica erika esther ethan etienne
    eva eve evelyne fabien fabienne fanny farah fatima fatou fatoumata felix fernanda florence
    francine francis francois francoise frederic frederique gabriel gabriela gabrielle genevieve
    georges geraldine gilles gina ginette gloria guillaume guy gwen hannah hassan heather helene
    henri hugo ibrahim ines ingrid irene isaac isabel isabelle ismael jack jacob jacqueline jacques
    jade jamie janelle janie jasmine jason jayden jean jeanne jeff jenna jennifer jenny jeremie
    jeremy jessica jessie jimmy joanie joannie joelle johanne john jonathan jordan jose josee joseph
    josephine joshua josiane juan judith julia julian juliana julie julien juliette justin justine
    kamila karen karim karina karine karl kassandra kate katherine kathleen kathy katia katrina
    kayla keisha kelly kelly-ann kelsey kevin khadija kim kimberly kyle laetitia lara laura laurence
    laurent laurie layla lea leila lena leo leonie lina linda lisa logan lola lorie louis louise luc
    lucas lucie lucy ludovic lydia madeleine maelle maeva magalie malika malorie manon manuel marc
    marcel margaux margot maria mariam mariama marianne marie marie-eve marie-pier marilou marilyn
    marina mario marion marisol martin martine mary mathias mathieu mathilde mathis matthew maude
    maxim maxime maya megan megane mehdi melanie melina melissa melody mercedes mia michael michel
    michele michelle mikael mike milan mila mireille mohamed mohammed molly monica monique morgan
    morgane myriam nadege nadia nadine nancy naomi natacha natalia natalie nathalie nathan nicholas
    nicolas nicole nina noah noemie nora nour oceane odile olivia olivier omar ophelie oscar pamela
    pascal pascale patricia patrick paul paula pauline peter philippe pierre priscilla rachel
    rachelle rania raphael raphaelle raymond rebecca regine remi renaud rene renee richard rita
    robert roberto robin roger rosalie rosaline roxane roxanne ryan sabrina salma sam samantha
    samira samuel sandra sandrine sara sarah sebastien selena serena serge shana shania shannon
    sharon sheila simon simone sofia sonia sophia sophie stacy stephane stephanie steve steven
    suzanne sylvain sylvia sylvie tania tanya tatiana taylor teresa thalia thierry thomas tiffany
    tina tommy tracy trevor valentina valerie vanessa veronica veronique vicky victor victoria
    vincent virginie vivian viviane wendy william xavier yasmine yan yann yannick youssef yves
    yvette yvonne zachary zoe zohra
    """.split()
)
FAMILY: Final = frozenset(
    """
    abdallah ahmed alarie allard anderson arsenault aubin audet auger bastien baril beauchamp
    beaudoin beaudry beaulieu beaupre bedard belanger belisle benoit bergeron bernier berthiaume
    bertrand bilodeau blais blanchet boisvert boivin bolduc bouchard boucher boudreau boulanger
    bourassa bourgeois bourque boutin brassard breton brisson brodeur brown brunet bussieres
    campbell cantin caron carrier castonguay champagne chaput charbonneau charette charron chartrand
    chen cloutier corbeil cormier cote couture cyr daigle daigneault dallaire daoust david demers
    deschamps deschenes desjardins desrochers desrosiers diallo dion dionne dore drolet drouin dube
    dubois duchesne dufour dufresne duguay dumais dumas dumont dupont dupuis durand duval emond
    ethier faucher fernandez ferland filion fiset fleury fontaine forget fortier fortin fournier
    francoeur gagne gagnon galarneau garcia gariepy garneau gaudet gaudreau gaudreault gauthier
    gauvin gelinas gendron gervais gilbert giguere gingras girard giroux godbout godin gonzalez
    gosselin goulet goyette gravel grenier grondin guay guerin guillemette haddad hamel harvey
    hebert henry hernandez hoang houde houle hudon huot jackson jacques jean-baptiste jean-pierre
    jobin johnson jolicoeur jones joly joseph julien jutras khan kone labelle laberge labonte
    labrecque labrie lachance lacroix laflamme lafleur lafond lafontaine laforest lafrance lagace
    lalonde lamarche lamontagne lamoureux landry langevin langlois lapierre laplante lapointe
    laporte larivee larose larouche latulippe lauzon laurin lavallee laverdiere lavigne lavoie
    leblanc lebel leclair leclerc leduc lee lefebvre legault legros lemay lemieux lepage leroux
    leroy lessard letourneau levesque l'heureux lopez loiselle lussier mailhot mainville malo
    marchand marcotte marcoux marquis martel martin martinez masse mathieu melancon menard mercier
    messier michaud miller mohamed moisan mongrain moore morales moreau morel morin morneau morris
    nadeau nguyen noel normand ouellet ouellette page paquet paquette paquin paradis pare parent
    patel patry payette pelletier pepin perez perreault perron petit pham philibert picard piche
    pierre pilon plante plourde poirier poitras pouliot poulin prevost proulx provencher provost
    racine ramirez raymond renaud rheaume richard riopel rioux rivard rivera robert roberge
    robichaud robillard robinson robitaille rochon rodrigue rodriguez rousseau roy sanchez sauve
    savard savoie scott senecal simard simoneau sirois smith soucy st-amand st-germain st-jean
    st-laurent st-onge st-pierre sylvestre talbot tanguay tardif taylor tessier tetreault theberge
    therrien thibault thibeault thibodeau thivierge thomas thompson tousignant touchette traore
    tran tremblay trepanier trottier trudeau trudel turcotte turgeon vachon vaillancourt valois
    veilleux verreault vezina viau vigneault villeneuve walker white williams wilson wong young
    """.split()
)
PLACES: Final = frozenset(
    """
    ahuntsic anjou beaconsfield beauport blainville boisbriand boucherville brossard cartierville
    charlevoix chateauguay chicoutimi cote-des-neiges dorval drummondville gaspe gatineau granby
    hampstead hochelaga hull joliette jonquiere kahnawake kirkland lachine lachute lanaudiere
    lasalle laval laurentides levis longueuil magog malartic mascouche matane maniwaki mirabel
    montcalm mont-royal nunavik outaouais outremont pierrefonds pointe-aux-trembles pointe-claire
    repentigny rimouski roberval rosemont rouyn rouyn-noranda saguenay saint-constant saint-eustache
    saint-henri saint-hubert saint-hyacinthe saint-jean saint-jerome saint-laurent saint-lambert
    saint-leonard saint-michel sept-iles shawinigan sherbrooke sorel terrebonne thetford
    trois-rivieres val-d'or valleyfield varennes vaudreuil verdun victoriaville villeray westmount
    wemotaci manawan calgary edmonton halifax hamilton kingston kitchener london mississauga moncton
    niagara ottawa scarborough sudbury toronto vancouver winnipeg windsor
    """.split()
)
